/** A receipt: somebody made something again, and this is how well it went. */
import type { BytePath } from './byte-path.ts'
import type { Digests } from './model.ts'

/** From the best to the worst: the same bytes, the same values, numbers within the tolerance, others, nothing there. */
export type ReceiptVerdict = 'identical' | 'content' | 'tolerance' | 'different' | 'missing'

export interface Receipt {
  /** 32 hex digits. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly madeAt: number
  /** The account's name on the machine, and the machine's. */
  readonly user: string
  readonly hostname: string
  readonly os: string
  readonly hardware: string
  /** Of roar. */
  readonly version: string
  /** The session whose jobs were done again: 32 hex digits, or a registry's name for it. */
  readonly session: string
  /** The worst of the outputs'. */
  readonly verdict: ReceiptVerdict
  /** What was asked for, and whether it held. */
  readonly accept: ReceiptVerdict
  readonly holds: boolean
  readonly relativeTolerance: number
  readonly absoluteTolerance: number
  /** What was not as recorded: other versions, another interpreter. */
  readonly substitutions: readonly string[]
  readonly outputs: readonly ReceiptOutput[]
}

/** Newest first. */
export interface ReceiptQuery {
  /** A whole digest of a content that was to be made again. */
  readonly digest?: string
  /** Default 1,000. */
  readonly limit?: number
}

/** One output that was made again, or was to be. */
export interface ReceiptOutput {
  readonly path: BytePath
  /** As `@3`. */
  readonly step: string
  readonly expected: Digests
  /** null: it was not made. */
  readonly found: Digests | null
  readonly verdict: ReceiptVerdict
  /** Who compared the values; null where the digests decided. A store does not keep it. */
  readonly comparer?: string | null
  /** The first difference; null when there is none. */
  readonly difference: string | null
}
