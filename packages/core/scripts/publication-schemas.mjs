// Documents of what is published, of who one is at a registry, and of notes and marks.
import {
  any,
  boolean,
  commit,
  digests,
  list,
  natural,
  object,
  oneOf,
  orNull,
  path,
  string,
  time,
} from './schema-words.mjs'

export function publicationDocuments({ summary, check, step, sessionHash, counts }) {
  const target = object({ of: oneOf('session', 'job', 'artifact'), name: string })
  const scope = { type: 'string', pattern: '^(anonymous|private|public|[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)$' }
  const user = object({ id: string, username: string, email: orNull(string) })
  const publishedCounts = counts(['jobs', 'artifacts', 'inputs', 'outputs', 'members'])
  const member = object({ ...path, type: oneOf('file', 'link'), size: natural, digests })
  const members = object({ digests, first: natural, members: list(member) })
  const tagState = oneOf('planned', 'kept', 'never', 'local', 'pushed', 'present')
  const published = object({
    session_hash: string,
    session_url: string,
    artifact_url: orNull(string),
    created: boolean,
    counts: counts(['jobs', 'new_jobs', 'artifacts', 'new_artifacts', 'links']),
  })
  const cut = object({
    dropped: list(summary),
    unreachable: list(summary),
    orphans: list(object({ ...path, used_by: step })),
  })
  const token = object({
    id: string,
    name: string,
    rights: list(string),
    project: orNull(string),
    created_at: time,
    expires_at: time,
  })

  return {
    history: [
      'Every change to the notes or marks on something, newest last.',
      {
        target,
        changes: list(object({ at: time, change: oneOf('set', 'unset', 'add', 'remove'), name: string, value: any })),
      },
    ],
    keys: [
      'SSH keys that a registry knows.',
      {
        registry: string,
        keys: list(object({ fingerprint: string, type: string, name: orNull(string), created_at: time })),
      },
    ],
    label: ['The notes on something.', { target, labels: { type: 'object' } }],
    login: [
      'Who is logged in now, and where the workspace publishes from now on.',
      {
        registry: string,
        method: oneOf('device', 'token', 'ssh'),
        user: orNull(user),
        scope,
        scope_changed: boolean,
      },
    ],
    logout: ['Whether there was a login.', { registry: string, removed: boolean }],
    register: [
      'What was published, or, of a dry run, everything that would leave the machine.',
      {
        of: string,
        dry_run: boolean,
        registry: orNull(string),
        scope,
        session: sessionHash,
        publication: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        counts: publishedCounts,
        secrets: list(object({ where: string, kind: string, count: natural })),
        dirty: list(summary),
        cut: orNull(cut),
        tags: object({
          policy: oneOf('auto', 'never'),
          remotes: list(object({ name: string, url: string })),
          list: list(object({ name: string, commit, remote: orNull(string), state: tagState })),
        }),
        published: orNull(published),
        checklist: list(check),
        sent: orNull(
          object({ jobs: list({ type: 'object' }), members: list(members), labels: list({ type: 'object' }) }),
        ),
      },
    ],
    scope: ['Where a workspace publishes.', { scope, origin: string, registry: orNull(string) }],
    scopes: [
      'The scopes that can be chosen.',
      {
        registry: string,
        scopes: list(
          object({
            scope,
            readable_by: oneOf('everybody', 'you', 'members'),
            attributed: boolean,
            available: boolean,
            active: boolean,
          }),
        ),
      },
    ],
    tag: [
      'The marks that hold for something, and where each was put.',
      {
        target,
        marks: list(
          object({
            name: string,
            value: string,
            own: boolean,
            from: list(
              object({
                of: oneOf('session', 'job', 'artifact'),
                name: string,
                path: orNull(string),
                step: orNull(step),
              }),
            ),
          }),
        ),
      },
    ],
    token: [
      'A new API token; the secret is shown this once.',
      { token: object({ ...token.properties, token: string }) },
    ],
    'token-revoked': ['The token that was taken back.', { registry: string, id: string }],
    tokens: ['The API tokens of an account.', { registry: string, tokens: list(token) }],
    whoami: [
      'Who the registry takes us for.',
      {
        registry: string,
        authenticated: boolean,
        method: oneOf('anonymous', 'token', 'ssh'),
        user: orNull(user),
        rights: list(string),
        scope,
        credentials: orNull(string),
        expires_at: orNull(time),
      },
    ],
  }
}
