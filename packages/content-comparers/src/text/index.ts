/** Whatever no other comparer knows: always different, but it says where: the line of a text, the offset of other bytes. */
import { closeSync, fstatSync, openSync, statSync } from 'node:fs'
import type { ContentComparer } from '@roar/core'
import { fileRegion, type Region } from '../region.ts'
import { shown } from '../tally.ts'

const atOnce = 1 << 20

export const createTextComparer = (): ContentComparer => ({
  name: 'text',
  async compare(pair) {
    if (!statSync(pair.expected).isFile() || !statSync(pair.found).isFile()) return null
    const files = [openSync(pair.expected, 'r'), openSync(pair.found, 'r')] as const
    try {
      const [a, b] = files.map((file) => fileRegion(file, 0, fstatSync(file).size)) as [Region, Region]
      return { verdict: 'different', difference: firstDifference(a, b) }
    } finally {
      for (const file of files) closeSync(file)
    }
  },
})

function firstDifference(expected: Region, found: Region): string | null {
  const both = Math.min(expected.length, found.length)
  let lines = 1
  let lineStart = 0
  for (let at = 0; at < both; at += atOnce) {
    const length = Math.min(atOnce, both - at)
    const [a, b] = [expected.read(at, length), found.read(at, length)]
    const index = firstUnequal(a, b)
    for (let i = a.indexOf(10); i !== -1 && i < index; i = a.indexOf(10, i + 1)) {
      lines++
      lineStart = at + i + 1
    }
    if (index < length) return described(expected, found, at + index, lines, lineStart)
  }
  if (expected.length === found.length) return null
  return `${expected.length} bytes, now ${found.length}; the first ${both} are the same`
}

/** The length of both when they are equal. */
function firstUnequal(a: Buffer, b: Buffer): number {
  if (a.equals(b)) return a.length
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return i
  return a.length
}

function described(expected: Region, found: Region, at: number, line: number, lineStart: number): string {
  const from = Math.max(lineStart, at - 60)
  const pieces = [expected, found].map((region) => lineFrom(region, from))
  const [a, b] = pieces
  if (a != null && b != null) return `line ${line}: ${shown(a)}, now ${shown(b)}`
  const byte = (region: Region) => `0x${region.read(at, 1).toString('hex')}`
  return `byte ${at}: ${byte(expected)}, now ${byte(found)}`
}

/** Null when it is no text. */
function lineFrom(region: Region, from: number): string | null {
  const bytes = region.read(from, 200)
  const text = bytes.toString('utf8').split('\n')[0] ?? ''
  // A replacement character within, but not at the end: there the cut may have met a longer character.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has
  return /[\x00-\x08\x0e-\x1f]|\ufffd(?!$)/.test(text) ? null : text
}
