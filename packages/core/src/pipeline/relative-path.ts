/** How paths are recorded: relative to the workspace's root inside it, absolute elsewhere. */
import type { BytePath } from '../byte-path.ts'

export function relativeTo(root: BytePath, path: BytePath): BytePath {
  if (path === root) return '.' as BytePath
  const prefix = root === '/' ? '/' : `${root}/`
  return path.startsWith(prefix) ? (path.slice(prefix.length) as BytePath) : path
}

export const absoluteIn = (root: BytePath, path: BytePath): BytePath =>
  path.startsWith('/') ? path : path === '.' ? root : (`${root}/${path}` as BytePath)
