/** A path as somebody typed it: as it stands, or with the escapes by which answers print what is no plain text (`b\xe9.txt`, `a\nb`). */
import { lstatSync } from 'node:fs'
import { resolve } from 'node:path'
import { type BytePath, fromString, toFsPath } from '@roar/core'

/** What it can mean, absolute, the likeliest first: a backslash is a character of a name, too. */
export function typedPaths(directory: string, typed: string): readonly BytePath[] {
  const asItStands = fromString(resolve(directory, typed))
  if (!typed.includes('\\')) return [asItStands]
  // Slashes and dots are the same in bytes.
  const spelled = resolve(fromString(resolve(directory)), withoutEscapes(typed)) as BytePath
  return spelled === asItStands ? [asItStands] : [asItStands, spelled]
}

/** The first that is there. */
export function typedPath(directory: string, typed: string): BytePath {
  const meant = typedPaths(directory, typed)
  return meant.find(isThere) ?? (meant[0] as BytePath)
}

export function isThere(path: BytePath): boolean {
  try {
    return lstatSync(toFsPath(path), { throwIfNoEntry: false }) !== undefined
  } catch {
    // A directory above it is closed to us, or is a file.
    return false
  }
}

const escaped = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([nrte\\]))/gi
const short: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', e: '\u001b', '\\': '\\' }

export const withoutEscapes = (typed: string): BytePath =>
  fromString(typed).replace(escaped, (all, byte?: string, point?: string, letter = '') => {
    if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16))
    return point === undefined ? (short[letter] ?? all) : fromString(String.fromCodePoint(Number.parseInt(point, 16)))
  }) as BytePath
