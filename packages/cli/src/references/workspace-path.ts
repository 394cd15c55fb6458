/** A path as the user typed it, as the store knows it: relative to the workspace inside it, absolute outside. */
import { relative, resolve, sep } from 'node:path'
import { type BytePath, fromString } from '@roar/core'
import { canonicalBytes } from '@roar/host'
import { typedPaths } from '../words/typed-path.ts'

/** More than one where it can be read in two ways. */
export const workspacePaths = (root: string, directory: string, typed: string): readonly BytePath[] =>
  typedPaths(directory, typed).map((path) => inWorkspace(fromString(root), canonicalBytes(path)))

function inWorkspace(root: BytePath, absolute: BytePath): BytePath {
  const inside = relative(root, absolute)
  const outside = inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside
  return (outside ? absolute : inside === '' ? '.' : inside) as BytePath
}
