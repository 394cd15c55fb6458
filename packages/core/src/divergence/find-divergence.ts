/** Walks two lineages together, against the stream, and finds where they first went apart. */
import type { JobRecord } from '../store.ts'
import { type Cause, compareJobs, type JobComparison } from './compare-jobs.ts'

export interface Divergence {
  readonly a: JobRecord
  readonly b: JobRecord
  /** Empty: whatever was observed is the same, and yet the outputs are not. */
  readonly causes: readonly Cause[]
  readonly outputs: JobComparison['outputs']
}

/** By the job's uid; null where it is not known any more. */
export type ReadJob = (uid: string) => Promise<JobRecord | null>

/** Everything that differs, the first divergence first: nothing upstream of it differs. */
export async function findDivergences(
  read: ReadJob,
  pairs: readonly (readonly [JobRecord, JobRecord])[],
): Promise<readonly Divergence[]> {
  const found: Divergence[] = []
  const seen = new Set<string>()
  for (const [a, b] of pairs) await visit({ read, found, seen }, a, b)
  return found
}

interface Walk {
  readonly read: ReadJob
  readonly found: Divergence[]
  readonly seen: Set<string>
}

/** Makers before users. A lineage is as deep as its longest chain of jobs: some hundred, seldom more. */
async function visit(walk: Walk, a: JobRecord, b: JobRecord): Promise<void> {
  const key = `${a.row.uid} ${b.row.uid}`
  if (a.row.uid === b.row.uid || walk.seen.has(key)) return
  walk.seen.add(key)
  const { causes, upstream, outputs } = compareJobs(a, b)
  for (const one of upstream) {
    const [x, y] = await Promise.all([walk.read(one.a), walk.read(one.b)])
    if (x && y) await visit(walk, x, y)
  }
  const explained = upstream.length > 0
  // Machines and commits differ everywhere: where the results do not, they are no divergence.
  const own = outputs.length > 0 ? causes : causes.filter((cause) => !incidental.has(cause.kind))
  if (own.length > 0 || (outputs.length > 0 && !explained)) walk.found.push({ a, b, causes: own, outputs })
}

const incidental: ReadonlySet<string> = new Set(['tree', 'machine'])
