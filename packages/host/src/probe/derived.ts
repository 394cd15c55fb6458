/** Tables worked out from files at some cost, kept in the user's cache for as long as those files stay the same. */
import { type BigIntStats, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type BytePath, toFsPath } from '@roar/core'
import { keepFile } from './keep-file.ts'

/** The stamps stand before the table, padded: what follows is aligned for any typed array. */
const padding = 128
/** Times are those of the last tick of the kernel's clock, or of the last second or two (FAT, HFS+): behind it a second change may leave the same stamp. */
const unsettledMs = 2000n

interface Stamps {
  readonly text: string
  /** Nobody can change the files any more and leave these stamps. */
  readonly settled: boolean
  /** The same look, at fewer of them. */
  first(count: number): Stamps | null
}

/** Best effort: without a cache, or with a damaged one, the table is made anew. */
export function derivedFrom(
  folder: string,
  name: string,
  sources: readonly BytePath[],
  make: () => Uint8Array,
): Uint8Array {
  // Before anything is read: what changes meanwhile has another stamp next time.
  const stamps = stampsOf(sources)
  const file = join(folder, name.replace(/[^\w.@-]+/g, '_'))
  const kept = stamps === null ? null : readKept(file, stamps.text)
  if (kept !== null) return kept
  const table = make()
  if (stamps?.settled) keep(file, stamps.text, table)
  return table
}

/** null when nothing is there. */
export const stampsOf = (sources: readonly BytePath[]): Stamps | null => stampsOfAll(sources.map(stampOf))

function stampsOfAll(found: readonly (BigIntStats | null)[]): Stamps | null {
  if (found.every((one) => one === null)) return null
  const now = BigInt(Date.now())
  // A time of change is set by the kernel alone; one that lies ahead is of another clock, and says nothing.
  const settled = found.every((one) => one === null || one.ctimeMs + unsettledMs < now)
  return { text: stampsText(found), settled, first: (count) => stampsOfAll(found.slice(0, count)) }
}

function stampsText(found: readonly (BigIntStats | null)[]): string {
  let text = '2 '
  for (const [i, one] of found.entries()) text += `${i === 0 ? '' : ';'}${one === null ? '-' : stampText(one)}`
  return `${text}\n`
}

/** Of the first so many, as `stampsOf` has them. Hundreds are compared by a process that has just begun: plain loops. */
export function areStamped(sources: readonly BytePath[], count: number, stamps: string): boolean {
  const found: (BigIntStats | null)[] = []
  for (let i = 0; i < count && i < sources.length; i++) found.push(stampOf(sources[i] as BytePath))
  return stampsText(found) === stamps
}

const stampText = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`

function stampOf(source: BytePath): BigIntStats | null {
  try {
    return statSync(toFsPath(source), { bigint: true, throwIfNoEntry: false }) ?? null
  } catch {
    return null
  }
}

const headLength = (stamps: string): number => Math.ceil(stamps.length / padding) * padding

function readKept(file: string, stamps: string): Uint8Array | null {
  try {
    const bytes = readFileSync(file)
    if (bytes.toString('latin1', 0, stamps.length) !== stamps) return null
    const table = bytes.subarray(headLength(stamps))
    return table.byteOffset % 8 === 0 ? table : Uint8Array.from(table)
  } catch {
    return null
  }
}

function keep(file: string, stamps: string, table: Uint8Array): void {
  const head = Buffer.from(stamps.padEnd(headLength(stamps), '\0'), 'latin1')
  keepFile(file, Buffer.concat([head, table]))
}
