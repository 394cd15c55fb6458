/** Reads a git configuration file: https://git-scm.com/docs/git-config#_syntax. */
import { resolve } from 'node:path'

/** Values by `section.subsection.key`, section and key in lower case; the last one of several counts, as in git. */
export type GitConfig = ReadonlyMap<string, string>

const header = /^\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/
const assignment = /^([A-Za-z][\w-]*)\s*(=?)\s*/

export function parseGitConfig(text: string): GitConfig {
  const values = new Map<string, string>()
  let section = ''
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (let i = 0; i < lines.length; i++) {
    let line = (lines[i] as string).trim()
    const head = header.exec(line)
    if (head) {
      section = sectionOf(head)
      // A key may follow on the line of the heading.
      line = line.slice(head[0].length).trim()
    }
    const key = assignment.exec(line)
    if (!key) continue
    let rest = line.slice(key[0].length)
    while (/(?:^|[^\\])(?:\\\\)*\\$/.test(rest) && i + 1 < lines.length) rest = rest.slice(0, -1) + lines[++i]
    values.set(`${section}.${(key[1] as string).toLowerCase()}`, key[2] ? unquote(rest) : 'true')
  }
  return values
}

const sectionOf = ([, name, sub]: RegExpExecArray): string =>
  sub === undefined
    ? (name as string).toLowerCase()
    : `${(name as string).toLowerCase()}.${sub.replace(/\\(.)/g, '$1')}`

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' }

/** Quotes may begin and end anywhere in a value; outside of them `#` and `;` begin a comment and the spaces at the end do not count. */
function unquote(text: string): string {
  let value = ''
  let kept = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string
    if (c === '"') quoted = !quoted
    else if (!quoted && (c === '#' || c === ';')) break
    else if (c === '\\') {
      const next = text[++i] ?? ''
      value += escapes[next] ?? next
    } else value += c
    if (quoted || !/\s/.test(c)) kept = value.length
  }
  return value.slice(0, kept)
}

/** The remote that the branch follows, else origin, else the only or first one. */
export function remoteUrl(config: GitConfig, branch: string | null): string | null {
  const followed = branch === null ? undefined : config.get(`branch.${branch}.remote`)
  const urls = [...config].filter(([key]) => /^remote\..*\.url$/s.test(key))
  const url = config.get(`remote.${followed}.url`) ?? config.get('remote.origin.url') ?? urls[0]?.[1]
  return url === undefined || url === '' ? null : withoutCredentials(url)
}

/** git reads a path, which has a slash before any colon, from the work tree's root: elsewhere it leads to nothing, or to something else. */
export function absoluteAddress(root: string, url: string): string {
  const isPath = /^[^:]*(?:\/|$)/.test(url) && !/^[/~]/.test(url)
  return isPath ? resolve(root, url) : url
}

/**
 * User and password go from web addresses: a token may stand as either. The user of ssh is part of the address and stays, a password does
 * not; `git@host:path` has none. A query can carry a token too and no git server needs one.
 */
export function withoutCredentials(url: string): string {
  return url
    .replace(/([a-z][a-z0-9+.-]*):\/\/([^/\s]*)@/gi, (_, scheme: string, user: string) =>
      /^(?:git\+)?ssh(?:\+git)?$/i.test(scheme) ? `${scheme}://${user.replace(/:.*$/s, '')}@` : `${scheme}://`,
    )
    .replace(/^(https?:\/\/[^?#]*)[?#].*$/is, '$1')
}
