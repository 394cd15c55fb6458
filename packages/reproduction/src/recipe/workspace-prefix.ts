/** Where in its repository a workspace lies: '' at the repository's root, else `sub/directory`; null where nobody can tell. */
import { posix, relative } from 'node:path'

/** Both absolute. Null for a workspace that lies beside the repository, as where it was moved since. */
export function workspacePrefix(repository: string, workspace: string): string | null {
  const path = relative(repository, workspace)
  return path === '..' || path.startsWith('../') ? null : path
}

/** Where in its workspace a repository lies that it encloses: `code`; '' where it does not lie below it. Both absolute. */
export const enclosedPrefix = (repository: string, workspace: string): string =>
  workspacePrefix(workspace, repository) ?? ''

/** As it is published: `.` at the repository's root. */
export const publishedPrefix = (prefix: string | null): string | null => (prefix === '' ? '.' : prefix)

/** Anybody may have published it: what leads out of the repository tells nothing. */
export function prefixFrom(published: unknown): string | null {
  if (typeof published !== 'string' || published === '' || published.includes('\0')) return null
  const path = posix.normalize(published).replace(/\/$/, '')
  if (path === '.') return ''
  return path.startsWith('/') || path.split('/').some((part) => /^(\.\.|\.git|\.roar)$/.test(part)) ? null : path
}
