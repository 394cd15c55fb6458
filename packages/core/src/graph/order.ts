/** The order in which jobs are drawn. */
import type { FlowFile, FlowJob } from './flow-graph.ts'

/** Kahn's order; among those that are ready the earlier step comes first. A circle is broken at its earliest job. */
export function inOrder(jobs: readonly FlowJob[]): FlowJob[] {
  const missing = new Map(jobs.map((job) => [job, before(job).size]))
  const left = new Set([...jobs].sort(byStep))
  const ready = [...left].filter((job) => missing.get(job) === 0)
  const ordered: FlowJob[] = []
  while (left.size > 0) {
    const job = ready.shift() ?? firstOf(left)
    if (!left.delete(job)) continue
    ordered.push(job)
    for (const next of after(job)) {
      const rest = (missing.get(next) as number) - 1
      missing.set(next, rest)
      if (rest === 0 && left.has(next)) insert(ready, next)
    }
  }
  return ordered
}

const firstOf = (left: ReadonlySet<FlowJob>): FlowJob => left.values().next().value as FlowJob

const before = (job: FlowJob): Set<FlowJob> => others(job, job.inputs, (file) => file.producers)
const after = (job: FlowJob): Set<FlowJob> => others(job, job.outputs, (file) => file.consumers)

function others(job: FlowJob, files: Iterable<FlowFile>, ends: (file: FlowFile) => Iterable<FlowJob>): Set<FlowJob> {
  const found = new Set<FlowJob>()
  for (const file of files) for (const one of ends(file)) if (one !== job) found.add(one)
  return found
}

const byStep = (a: FlowJob, b: FlowJob): number =>
  rank(a) - rank(b) || a.row.step.number - b.row.step.number || a.row.execution - b.row.execution || a.row.id - b.row.id

/** Builds prepare what runs use. */
const rank = (job: FlowJob): number => (job.row.step.kind === 'build' ? 0 : 1)

/** Halving: thousands of jobs may be ready at once. */
function insert(sorted: FlowJob[], job: FlowJob): void {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (byStep(job, sorted[middle] as FlowJob) < 0) high = middle
    else low = middle + 1
  }
  sorted.splice(low, 0, job)
}
