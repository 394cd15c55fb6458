/** The account's own page: who one is, tokens, keys, scopes. */
import { facts, type Html, html, moment, section, table, type Value } from '@roar/web'
import type { SshKey, TokenInfo } from '../api/index.ts'
import type { Account, Scope } from '../identity/principal.ts'
import { allRights } from '../identity/tokens.ts'

export interface AccountView {
  readonly account: Account
  readonly tokens: readonly TokenInfo[]
  readonly keys: readonly SshKey[]
  readonly scopes: readonly (Scope & { readonly title: string; readonly members: readonly Member[] })[]
  /** In every form. */
  readonly form: string
  readonly notice: Value
}

export interface Member {
  readonly name: string
  readonly role: string
}

type Act = (path: string, fields: Value) => Html

export function accountView({ account, tokens, keys, scopes, form, notice }: AccountView): Html {
  const act: Act = (path, fields) =>
    html`<form method="post" action="/account/${path}"><input type="hidden" name="form" value="${form}">${fields}</form>`
  return html`${notice}
${facts([
  ['Name', account.name],
  ['E-mail', account.email],
  ['Signed in by', account.provider],
])}
${act('sign-out', html`<button>Sign out</button>`)}
${section('Scopes', html`${scopeTable(scopes, act)}${newProject(act)}`)}
${section('API tokens', html`${tokenTable(tokens, act)}${newToken(scopes, act)}`)}
${section('SSH keys', html`${keyTable(keys)}<p>Keys are added and removed in a terminal: <code>roar key add</code>, <code>roar key rm</code>.</p>`)}`
}

const tokenTable = (tokens: readonly TokenInfo[], act: Act): Value =>
  tokens.length === 0
    ? html`<p>None.</p>`
    : table(
        'Tokens that hold',
        ['Name', 'Rights', 'Scope', 'Until', 'Last used', 'Take back'],
        tokens.map((one) => [
          one.name,
          one.rights.join(', '),
          one.project ?? 'all',
          moment(one.expires_at),
          one.last_used_at === null ? 'never' : moment(one.last_used_at),
          act(
            'tokens/revoke',
            html`<input type="hidden" name="id" value="${one.id}"><button aria-label="Revoke ${one.name}">Revoke</button>`,
          ),
        ]),
      )

const newToken = (scopes: AccountView['scopes'], act: Act): Html =>
  act(
    'tokens',
    html`<fieldset><legend>A new token</legend>
<label>Name <input name="name" required maxlength="64"></label>
<label>Days <input name="days" type="number" min="1" max="366" value="90" required></label>
<label>Scope <select name="project"><option value="">all</option>${scopes
      .filter((one) => one.kind === 'project')
      .map((one) => html`<option>${one.title}</option>`)}</select></label>
${allRights.map((right) => html`<label><input type="checkbox" name="right_${right}" value="yes"> ${right}</label>`)}
<button>Make it</button></fieldset>`,
  )

const keyTable = (keys: readonly SshKey[]): Value =>
  keys.length === 0
    ? html`<p>None.</p>`
    : table(
        'Keys',
        ['Fingerprint', 'Kind', 'Name', 'Since'],
        keys.map((one) => [html`<code>${one.fingerprint}</code>`, one.type, one.name, moment(one.created_at)]),
      )

const scopeTable = (scopes: AccountView['scopes'], act: Act): Html =>
  table(
    'Scopes that you belong to',
    ['Scope', 'Readable', 'Your role', 'Members', 'Use it'],
    scopes.map((one) => [
      one.title,
      one.visibility,
      one.role,
      one.kind === 'project' && one.role === 'owner' ? members(one, act) : null,
      html`<code>roar scope use ${one.kind === 'private' ? 'private' : one.title}</code>`,
    ]),
  )

const members = (scope: AccountView['scopes'][number], act: Act): Html => html`<ul>${scope.members.map(
  ({ name, role }) => html`<li>${name}: ${role}</li>`,
)}</ul>
${act(
  'members',
  html`<input type="hidden" name="project" value="${scope.id}">
<label>Account <input name="username" required maxlength="39"></label>
<label>Role <select name="role"><option>reader</option><option>writer</option><option>owner</option><option value="none">no member</option></select></label>
<button aria-label="Change a member of ${scope.title}">Change</button>`,
)}`

const newProject = (act: Act): Html =>
  act(
    'projects',
    html`<fieldset><legend>A new project</legend>
<label>Name <input name="name" required pattern="[a-z0-9]([a-z0-9\\-]{0,37}[a-z0-9])?" maxlength="39"></label>
<label>Readable <select name="visibility"><option>private</option><option>public</option></select></label>
<button>Make it</button></fieldset>`,
  )
