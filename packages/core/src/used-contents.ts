/**
 * What a job built on: what it read, and what it kept unread of what others had made (`OutputEdge.base`). An input whose digest nobody knows stands for
 * what was last made at its path, where a job is known to have made that; a file that was a member of a composite, for that composite.
 */
import type { BytePath } from './byte-path.ts'
import type { JobRecord, StoredInput, StoredOutput } from './store.ts'

type Outcome = NonNullable<JobRecord['outcome']>

/** `counts`: which outputs are asked for; what the others keep is none of it. Default: all. */
export function usedContents(
  { inputs, outputs }: Pick<Outcome, 'inputs' | 'outputs'>,
  counts: (output: StoredOutput) => boolean = () => true,
): readonly StoredInput[] {
  const read = inputs.flatMap((edge) => (edge.built ? [...(edge.built.whole ? [] : [edge]), ...keptOf(edge)] : [edge]))
  // The reason of an output is none of what it was built on.
  const kept = outputs.flatMap((output) =>
    output.built && (output.built.whole || counts(output))
      ? keptOf({ ...output, reason: null }).map((edge) =>
          output.built?.whole ? edge : { ...edge, keptFor: output.path },
        )
      : [],
  )
  return kept.length === 0 ? read : [...read, ...onceEach(kept, new Set(read.map((edge) => edge.path)))]
}

/** Two outputs may have been members of one composite, of which a third was read: it is one input, and counts for both. */
function onceEach(kept: readonly StoredInput[], read: ReadonlySet<BytePath>): readonly StoredInput[] {
  const byPath = new Map<BytePath, StoredInput>()
  for (const edge of kept) {
    if (read.has(edge.path)) continue
    const { keptFor: _keptFor, ...forAll } = edge
    byPath.set(edge.path, byPath.has(edge.path) ? forAll : edge)
  }
  return [...byPath.values()]
}

/** The record as whoever makes the result again needs it: all that it built on is an input. */
export const withUsedContents = (record: JobRecord, counts?: (output: StoredOutput) => boolean): JobRecord =>
  record.outcome === null
    ? record
    : { ...record, outcome: { ...record.outcome, inputs: usedContents(record.outcome, counts) } }

/** Where somebody is known to have made it. How it was used is how the output was made of it. */
const keptOf = ({ built, access, reason, digests }: StoredInput | StoredOutput): StoredInput[] =>
  (built?.bases ?? [])
    .filter((base) => base.producer !== null)
    .map((base) => ({
      ...base,
      ...{ names: [], processes: [], access, code: false, inCommit: false, sourced: 'job' },
      // Why the digest is that of what was made there, and not of what was read.
      reason: Object.keys(base.digests).length === 0 ? 'not-hashed' : Object.keys(digests).length === 0 ? reason : null,
    }))
