/** Which job of one session is which of another: by their command, else by their step. */
import { stepName } from '../documents/step-name.ts'
import type { JobRow } from '../store.ts'

export interface MatchedJobs {
  readonly pairs: readonly (readonly [JobRow, JobRow])[]
  readonly onlyInA: readonly JobRow[]
  readonly onlyInB: readonly JobRow[]
}

/** Of each step the newest execution. */
export function matchJobs(a: readonly JobRow[], b: readonly JobRow[]): MatchedJobs {
  const free = newest(b)
  const pairs: [JobRow, JobRow][] = []
  let waiting = newest(a)
  for (const key of [command, script, step]) {
    const left: JobRow[] = []
    for (const job of waiting) {
      const index = free.findIndex((other) => key(other) !== null && key(other) === key(job))
      if (index === -1) left.push(job)
      else pairs.push([job, free.splice(index, 1)[0] as JobRow])
    }
    waiting = left
  }
  pairs.sort(([x], [y]) => x.startedAt - y.startedAt)
  return { pairs, onlyInA: waiting, onlyInB: free }
}

const command = (job: JobRow): string => JSON.stringify([job.kind, job.cwd, job.argv])
/** The first word that names a file: `python train.py --lr 0.1` and `python train.py --lr 0.2` are one step. */
const script = (job: JobRow): string | null => {
  const word = job.argv.slice(1).find((one) => /^[^-].*\.\w+$/.test(one))
  return word === undefined ? null : `${job.kind} ${job.argv[0]} ${word}`
}
const step = (job: JobRow): string => stepName(job.step)

function newest(jobs: readonly JobRow[]): JobRow[] {
  const found = new Map<string, JobRow>()
  for (const job of jobs) if ((found.get(step(job))?.execution ?? 0) < job.execution) found.set(step(job), job)
  return [...found.values()].sort((x, y) => x.startedAt - y.startedAt)
}
