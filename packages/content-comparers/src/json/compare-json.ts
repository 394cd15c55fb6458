/** Walks two JSON values together. Numbers are given as they were written. */

import { shown, type Tally } from '../tally.ts'
import { compareWritten } from '../written-number.ts'

export interface JsonRoom {
  readonly tally: Tally
  /** The digits, or null for what is no number. */
  numberOf(value: unknown): string | null
}

export function compareJson(room: JsonRoom, expected: unknown, found: unknown, at: string): boolean {
  const { tally } = room
  const numbers = [room.numberOf(expected), room.numberOf(found)] as const
  if (numbers[0] !== null && numbers[1] !== null) return compareWritten(tally, numbers[0], numbers[1], () => at)
  if (numbers[0] !== null || numbers[1] !== null)
    return tally.differs(`${at}: ${numbers[0] ?? shown(expected)}, now ${numbers[1] ?? shown(found)}`)
  if (Array.isArray(expected) && Array.isArray(found)) return compareArrays(room, expected, found, at)
  if (isObject(expected) && isObject(found)) return compareObjects(room, expected, found, at)
  return tally.same(expected, found, () => at)
}

function compareArrays(room: JsonRoom, expected: readonly unknown[], found: readonly unknown[], at: string): boolean {
  for (let i = 0; i < Math.min(expected.length, found.length); i++) {
    if (!compareJson(room, expected[i], found[i], `${at}[${i}]`)) return false
  }
  return expected.length === found.length || room.tally.differs(`${at}: ${expected.length} items, now ${found.length}`)
}

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function compareObjects(room: JsonRoom, expected: Fields, found: Fields, at: string): boolean {
  for (const [name, value] of Object.entries(expected)) {
    const to = step(at, name)
    if (!Object.hasOwn(found, name)) return room.tally.differs(`${to}: is no longer there`)
    if (!compareJson(room, value, found[name], to)) return false
  }
  const added = Object.keys(found).find((name) => !Object.hasOwn(expected, name))
  return added === undefined || room.tally.differs(`${step(at, added)}: was not there`)
}

const step = (at: string, name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? `${at}.${name}` : `${at}[${JSON.stringify(name)}]`
