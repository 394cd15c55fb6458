/** Which format a file has: by its first bytes where they say it, else by its name. */
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import type { ContentPair } from '@roar/core'

/** Both files begin with these bytes. */
export const bothBegin = ({ expected, found }: ContentPair, bytes: readonly number[]): boolean =>
  begins(expected, bytes) && begins(found, bytes)

function begins(path: string, bytes: readonly number[]): boolean {
  if (!statSync(path).isFile()) return false
  const head = Buffer.alloc(bytes.length)
  const file = openSync(path, 'r')
  try {
    return readSync(file, head, 0, head.length, 0) === head.length && head.equals(Buffer.from(bytes))
  } finally {
    closeSync(file)
  }
}

export const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')]

export const hasEnding = ({ name }: ContentPair, endings: RegExp): boolean => endings.test(name)
