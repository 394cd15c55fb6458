/** `roar.status/1`: where a session stands. */
import type { BytePath } from '../byte-path.ts'
import type { Staleness } from '../graph/staleness.ts'
import type { GitState } from '../model.ts'
import type { JobRow, Removal, SessionRow } from '../store.ts'
import { staleText } from './dag-document.ts'
import { jobSummary } from './job-document.ts'
import { pathFields } from './path-fields.ts'
import { sessionBody } from './session-document.ts'
import { stepName } from './step-name.ts'

export type OutputState = 'present' | 'changed' | 'missing' | 'unknown'

export interface CheckedOutput {
  readonly path: BytePath
  readonly job: JobRow
  readonly size: number | null
  readonly digest: string | null
  readonly state: OutputState
  /** Of what is missing: the later job that has moved or removed it. */
  readonly removal?: Removal
}

export interface StatusFacts {
  /** Absolute path of the workspace. */
  readonly workspace: string
  readonly session: SessionRow | null
  /** The newest execution of each step, in step order. */
  readonly steps: readonly JobRow[]
  readonly staleness: Staleness
  /** For people those alone that are not present may be enough. */
  readonly outputs: readonly CheckedOutput[]
  /** Of all outputs. */
  readonly counts: Readonly<Record<OutputState, number>>
  readonly running: readonly JobRow[]
  readonly interrupted: readonly JobRow[]
  readonly git: GitState | null
  /** True when the next run would be refused. */
  readonly blocked: boolean
  readonly untracked: readonly BytePath[]
  readonly gitignore: readonly string[]
}

export type StatusDocument = ReturnType<typeof statusDocument>

export function statusDocument(facts: StatusFacts) {
  const { git, staleness } = facts
  return {
    schema: 'roar.status/1' as const,
    workspace: facts.workspace,
    session: facts.session && sessionBody(facts.session),
    steps: facts.steps.map((job) => stepBody(job, staleness)),
    outputs: facts.outputs.map(outputState),
    counts: facts.counts,
    stale: facts.steps.filter((job) => staleness.stale.has(job.id)).map((job) => stepName(job.step)),
    running: facts.running.map(jobSummary),
    interrupted: facts.interrupted.map(jobSummary),
    untracked_outputs: facts.untracked.map((path) => pathFields(path).path),
    gitignore: facts.gitignore,
    git: git && { branch: git.branch, commit: git.commit, dirty: git.dirty, blocks: facts.blocked },
  }
}

function stepBody(job: JobRow, { stale }: Staleness) {
  const reason = stale.get(job.id)
  return { ...jobSummary(job), stale: reason !== undefined, stale_because: reason ? staleText(reason) : null }
}

/** Each made when its turn comes, as often as they are gone through. */
export const statusOutputs = ({ outputs }: Pick<StatusFacts, 'outputs'>): Iterable<OutputBody> => ({
  *[Symbol.iterator]() {
    for (const one of outputs) yield outputState(one)
  },
})

type OutputBody = ReturnType<typeof outputState>

const outputState = (one: CheckedOutput) => ({
  ...pathFields(one.path),
  step: stepName(one.job.step),
  size: one.size,
  digest: one.digest,
  state: one.state,
  gone: one.removal ? { step: stepName(one.removal.job.step), moved_to: movedTo(one.removal) } : null,
})

const movedTo = ({ movedTo: path }: Removal) => path && pathFields(path).path
