/** Paths in the database: text that people can search. One that is not UTF-8 is stored escaped and marked, and comes back byte for byte. */
import { type BytePath, display, fromString, toText } from '@roar/core'

export interface PathText {
  readonly path: string
  readonly escaped: 0 | 1
}

export function pathText(path: BytePath): PathText {
  const text = toText(path)
  // SQLite's text may hold NUL, a path cannot.
  return text === null ? { path: display(path), escaped: 1 } : { path: text, escaped: 0 }
}

export function bytePath({ path, escaped }: { readonly path: string; readonly escaped: number }): BytePath {
  if (escaped === 0) return fromString(path)
  const bytes = path.replace(/\\(?:\\|x([0-9a-f]{2}))/g, (_, hex: string | undefined) =>
    hex === undefined ? '\\' : String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return bytes as BytePath
}
