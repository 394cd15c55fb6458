import { expect, it } from 'vitest'
import { receiptCounts } from './receipt-counts.ts'

it('A receipt says how many outputs came out how, and which of the different were held against each other by digest alone', () =>
  expect(
    receiptCounts([
      ...(['identical', 'identical', 'missing'] as const).map((verdict) => ({ verdict, comparer: null })),
      ...(['content', 'tolerance', 'different'] as const).map((verdict) => ({ verdict, comparer: 'numpy' })),
      { verdict: 'different', comparer: null },
      { verdict: 'different' },
    ]),
  ).toEqual({ identical: 2, content: 1, tolerance: 1, different: 3, missing: 1, uncompared: 2 }))
