/** `roar.diff/1`: where two jobs, artifacts or sessions first went apart, and why. */
import type { Divergence } from '../divergence/find-divergence.ts'
import type { JobRow } from '../store.ts'
import { jobSummary } from './job-document.ts'
import { pathFields } from './path-fields.ts'

export type DiffDocument = ReturnType<typeof diffDocument>

export interface Compared {
  readonly a: DiffSide
  readonly b: DiffSide
  readonly divergences: readonly Divergence[]
  readonly onlyInA: readonly JobRow[]
  readonly onlyInB: readonly JobRow[]
  /** Of the two contents, or of the first output that differs, as values; null where they are not at hand. */
  readonly content: { readonly path: string; readonly verdict: string; readonly difference: string | null } | null
  readonly same: boolean
}

export interface DiffSide {
  readonly ref: string
  readonly is: 'job' | 'artifact' | 'session'
  /** Of an artifact: `blake3:…`. */
  readonly digest: string | null
}

export function diffDocument(compared: Compared) {
  const { a, b, same, content, onlyInA, onlyInB } = compared
  const divergences = compared.divergences.map(divergenceBody)
  return {
    schema: 'roar.diff/1' as const,
    ...{ a, b, same },
    first: divergences[0] ?? null,
    divergences,
    content,
    only_in_a: onlyInA.map(jobSummary),
    only_in_b: onlyInB.map(jobSummary),
  }
}

const divergenceBody = ({ a, b, causes, outputs }: Divergence) => ({
  a: jobSummary(a.row),
  b: jobSummary(b.row),
  /** Nothing that was observed explains it: a random source, a clock, a race, or what no tracer sees. */
  explained: causes.length > 0,
  causes,
  outputs: outputs.map((one) => ({ ...pathFields(one.path), a: one.a, b: one.b })),
})
