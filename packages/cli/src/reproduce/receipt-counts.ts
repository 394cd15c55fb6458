/** How many outputs came out how: the worst of them, which is the verdict, does not say of how many it is true. */
import type { ReceiptOutput, ReceiptVerdict } from '@roar/core'
import { verdicts } from '@roar/reproduction'

export interface ReceiptCounts extends Readonly<Record<ReceiptVerdict, number>> {
  /** Of the different ones: by their digests alone. Their values were not compared, and may lie within the tolerance. */
  readonly uncompared: number
}

export function receiptCounts(outputs: readonly Pick<ReceiptOutput, 'verdict' | 'comparer'>[]): ReceiptCounts {
  const of = (verdict: ReceiptVerdict) => outputs.filter((one) => one.verdict === verdict)
  const [identical = 0, content = 0, tolerance = 0, different = 0, missing = 0] = verdicts.map((one) => of(one).length)
  const uncompared = of('different').filter((one) => (one.comparer ?? null) === null).length
  return { identical, content, tolerance, different, missing, uncompared }
}
