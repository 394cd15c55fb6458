/** How nearly something came out the same: five words, from best to worst. */
import type { BytePath, Digests } from '@roar/core'

export const verdicts = ['identical', 'content', 'tolerance', 'different', 'missing'] as const
export type Verdict = (typeof verdicts)[number]
export type Acceptable = 'identical' | 'content' | 'tolerance'

export interface JudgedOutput {
  readonly path: BytePath
  /** As `@3`. */
  readonly step: string
  /** Of the recorded job. */
  readonly uid: string
  readonly expected: Digests
  /** null: it is not there. */
  readonly found: Digests | null
  readonly verdict: Verdict
  /** Who compared the contents; null where the digests decided. */
  readonly comparer: string | null
  /** The first difference, or why the contents could not be compared. */
  readonly difference: string | null
  /** The name under which it was made, where that is not the recorded one. */
  readonly madeAs?: string
}

/** The worst of them; nothing at all is no result, and so missing. */
export const worst = (all: readonly Verdict[]): Verdict =>
  all.length === 0 ? 'missing' : (verdicts[Math.max(...all.map((one) => verdicts.indexOf(one)))] as Verdict)

export const holds = (verdict: Verdict, accept: Acceptable): boolean =>
  verdicts.indexOf(verdict) <= verdicts.indexOf(accept)
