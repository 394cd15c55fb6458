/** Compares values that a table's reader gives: numbers, texts, dates, bytes, lists, records. */
import { shown, type Tally } from './tally.ts'

export function compareValues(tally: Tally, expected: unknown, found: unknown, where: () => string): boolean {
  if (expected === found) return true
  if (typeof expected === 'number' && typeof found === 'number') return compareNumbers(tally, expected, found, where)
  if (expected instanceof Date && found instanceof Date) return tally.same(expected.getTime(), found.getTime(), where)
  if (isList(expected) && isList(found)) return compareLists(tally, expected, found, where)
  if (isRecord(expected) && isRecord(found)) return compareRecords(tally, expected, found, where)
  return tally.same(expected ?? null, found ?? null, where)
}

/** Whole numbers are counts and names: they have no tolerance. */
const compareNumbers = (tally: Tally, expected: number, found: number, where: () => string): boolean =>
  Number.isInteger(expected) && Number.isInteger(found)
    ? tally.same(expected, found, where)
    : tally.float(expected, found, where)

type List = ArrayLike<unknown>

const isList = (value: unknown): value is List =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))

function compareLists(tally: Tally, expected: List, found: List, where: () => string): boolean {
  const both = Math.min(expected.length, found.length)
  for (let i = 0; i < both; i++) {
    if (!compareValues(tally, expected[i], found[i], () => `${where()}[${i}]`)) return false
  }
  return expected.length === found.length || tally.differs(`${where()}: ${expected.length} items, now ${found.length}`)
}

type Fields = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Date)

/** The order of names means nothing. */
function compareRecords(tally: Tally, expected: Fields, found: Fields, where: () => string): boolean {
  for (const name of Object.keys(expected)) {
    if (!Object.hasOwn(found, name)) return tally.differs(`${where()}.${name}: ${shown(expected[name])}, now not there`)
    if (!compareValues(tally, expected[name], found[name], () => `${where()}.${name}`)) return false
  }
  const added = Object.keys(found).find((name) => !Object.hasOwn(expected, name))
  return added === undefined || tally.differs(`${where()}.${added}: not there, now ${shown(found[added])}`)
}
