/** Expected against reported: exactly these, no more, no fewer; what is in brackets may be there. */
import type { Expectation } from './expectation.ts'
import type { Fact } from './facts.ts'
import type { JobLine } from './job-lines.ts'
import { Likenesses } from './likeness.ts'

export interface Difference {
  readonly missing: readonly string[]
  readonly extra: readonly string[]
}

export const isEqual = (difference: Difference): boolean =>
  difference.missing.length === 0 && difference.extra.length === 0

export function compareFacts(expected: Expectation['facts'], reported: readonly Fact[]): Difference {
  const byName = { expected: new Likenesses(expected), reported: new Likenesses(reported) }
  const fits = (want: Expectation['facts'][number], fact: Fact) => want.pid === null || want.pid === fact.pid
  return {
    missing: expected
      .filter((want) => !want.optional && !byName.reported.reportedAs(want.text).some((fact) => fits(want, fact)))
      .map((want) => `${want.text} by ${want.pid ?? 'any process'}`),
    extra: reported
      .filter((fact) => !byName.expected.statedFor(fact.text).some((want) => fits(want, fact)))
      .map((fact) => `${fact.text}${fact.may ? ' (may write)' : ''} by ${fact.pid}`),
  }
}

/** A case that states no job is not compared; `none` states an empty one. */
export function compareJob(expected: Expectation['job'], reported: readonly JobLine[]): Difference {
  if (expected.length === 0) return { missing: [], extra: [] }
  const byName = { expected: new Likenesses(expected), reported: new Likenesses(reported) }
  return {
    missing: expected
      .filter((want) => want.text !== 'none' && !want.optional && byName.reported.reportedAs(want.text).length === 0)
      .map((want) => `job ${want.text}`),
    extra: reported
      .filter((line) => byName.expected.statedFor(line.text).length === 0)
      .map((line) => `job ${line.text}${line.may ? ' (may write)' : ''}`),
  }
}
