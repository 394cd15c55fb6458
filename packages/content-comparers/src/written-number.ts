/** Compares two numbers as they are written in a text: whole ones to the last digit, others within the tolerance. */
import type { Tally } from './tally.ts'

const whole = /^[+-]?\d+$/
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

export const isWritten = (text: string): boolean => decimal.test(text) || /^[+-]?(nan|inf(inity)?)$/i.test(text)

export function compareWritten(tally: Tally, expected: string, found: string, where: () => string): boolean {
  if (expected === found) return true
  if (whole.test(expected) && whole.test(found))
    return (
      BigInt(unsigned(expected)) === BigInt(unsigned(found)) || tally.differs(`${where()}: ${expected}, now ${found}`)
    )
  return tally.float(readWritten(expected), readWritten(found), where)
}

/** BigInt knows no plus sign. */
const unsigned = (text: string): string => text.replace(/^\+/, '')

function readWritten(text: string): number {
  const [, sign = '', name] = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(text) ?? []
  if (name === undefined) return Number(text)
  if (/^nan$/i.test(name)) return Number.NaN
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}
