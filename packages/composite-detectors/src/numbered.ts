/** Files that are numbered parts of one: `x-00001-of-00010.ext`, `x-0001.ext`. */
import type { BytePath } from '@roar/core'
import type { Directory } from './directory.ts'
import { only, type Said } from './format.ts'

const ofTotal = /^(.*?)(\d{2,})(-of-)(\d{2,})(\..+)?$/
/** The last run of digits in front of the ending. */
const counted = /^(.*?)(\d{1,12})(\.[a-z][\w.]*)$/i

export interface Numbered {
  /** With a `*` in place of the number. */
  readonly family: string
  readonly number: number
  readonly width: number
  readonly total: number | null
  readonly ending: string
  /** `width`: of the number, with zeros in front; the same as this one's by default. */
  nameOf(number: number, width?: number): string
}

export function parseOfTotal(name: string): Numbered | null {
  const match = ofTotal.exec(name)
  if (!match) return null
  const [, before, digits, of, total, ending = ''] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  return numbered(before, digits, `${of}${total}${ending}`, Number(total), ending)
}

export function parseCounted(name: string): Numbered | null {
  const match = counted.exec(name)
  if (!match) return null
  const [, before, digits, ending] = match as unknown as [string, string, string, string]
  return numbered(before, digits, ending, null, ending)
}

const numbered = (before: string, digits: string, after: string, total: number | null, ending: string): Numbered => ({
  family: `${before}*${after}`,
  number: Number(digits),
  width: digits.length,
  total,
  ending: ending.slice(1).toLowerCase(),
  nameOf: (number, width = digits.length) => `${before}${String(number).padStart(width, '0')}${after}`,
})

/** A set has its first members: years or versions in a name (`sales-2023.csv`) are no shards. */
export function startsSet(one: Numbered, at: Directory): boolean {
  if (one.total !== null) return one.total > 1
  // 10 follows 09, or 9.
  const widths = one.width === String(one.number).length ? new Set([one.width, 1]) : [one.width]
  return [...widths].some((width) => hasFirst(one, width, at))
}

const hasFirst = (one: Numbered, width: number, at: Directory): boolean =>
  at.once(one.nameOf(0, width), () => {
    const first = [0, 1].find((number) => at.exists(one.nameOf(number, width)))
    return first !== undefined && at.exists(one.nameOf(first + 1, width))
  })

/** Members of a family, and the numbers that are missing. */
export function familyMembers(
  paths: readonly BytePath[],
  family: string,
  parse: (name: string) => Numbered | null,
): Said {
  const own = paths.flatMap((path) => {
    const found = parse(path)
    return found?.family === family ? [{ path, ...found }] : []
  })
  own.sort((a, b) => a.number - b.number || a.width - b.width)
  const total = own[0]?.total ?? null
  const kept = total === null ? connected(own) : own
  const taken = new Set(kept.map((one) => one.path))
  const numbers = new Set(kept.map((one) => one.number))
  return { ...only(paths, (path) => taken.has(path)), incomplete: missing(numbers, total) }
}

/** Numbers as wide as the first one's, up to where they stop: a year among them is none of theirs. */
function connected<T extends Numbered>(own: readonly T[]): readonly T[] {
  const [first] = own
  const isPadded = first !== undefined && first.width > 1
  const kept: T[] = []
  for (const one of own) {
    if (isPadded ? one.width !== first.width : one.width !== String(one.number).length) continue
    if (kept.length > 0 && one.number - (kept.at(-1)?.number ?? 0) > kept.length + 10) break
    kept.push(one)
  }
  return kept
}

function missing(numbers: ReadonlySet<number>, total: number | null): string | null {
  const list = [...numbers].sort((a, b) => a - b)
  const first = list[0] === 0 ? 0 : 1
  const count = total ?? (list.at(-1) ?? 0) - first + 1
  const lost = count - numbers.size
  if (lost <= 0) return null
  return `${lost} of ${count} numbered parts ${lost === 1 ? 'is' : 'are'} missing`
}
