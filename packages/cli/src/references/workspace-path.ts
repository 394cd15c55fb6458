/** A path as the user typed it, as the store knows it: relative to the workspace inside it, absolute outside. */
import { realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { type BytePath, fromString } from '@roar/core'

export function workspacePath(root: string, directory: string, typed: string): BytePath {
  const absolute = canonical(resolve(directory, unescapeBytes(typed)))
  const inside = relative(root, absolute)
  const outside = inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside
  return latin1OrUtf8(outside ? absolute : inside === '' ? '.' : inside)
}

/** Records hold canonical paths; the file itself may be gone by now, so the deepest directory that is there is resolved. */
function canonical(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(canonical(parent), basename(path))
  }
}

const rawByte = /\\x([0-9a-f]{2})/g

/** `\xNN`, as such names are printed, is taken for the byte; it is carried through node:path as a private-use character. */
const unescapeBytes = (typed: string): string =>
  typed.replace(rawByte, (_, hex: string) => String.fromCharCode(0xf700 + Number.parseInt(hex, 16)))

const latin1OrUtf8 = (path: string): BytePath =>
  [...path]
    .map((char) => (/[\uf700-\uf7ff]/.test(char) ? String.fromCharCode(char.charCodeAt(0) - 0xf700) : fromString(char)))
    .join('') as BytePath
