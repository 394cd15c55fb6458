/** What a run is asked to do, and what comes of it. */
import type { BytePath } from '../byte-path.ts'
import type { Command, TraceOutcome } from '../contracts.ts'
import type { DigestLedger } from '../hash/digest-ledger.ts'
import type { HoldLimits } from '../hash/held-files.ts'
import type { ExitStatus, GitState, JobKind, JobOutcome, StepRef } from '../model.ts'
import type { JobFold } from '../observe/fold.ts'
import type { ChosenTracer } from '../ports.ts'
import type { JobHandle } from '../store.ts'

export interface RunRequest {
  readonly kind: JobKind
  readonly name: string | null
  readonly step: StepRef | null
  readonly command: Command
  /** As shown: relative to the workspace root. */
  readonly cwd: string
  /** As of a `JobStart`. */
  readonly streams?: readonly string[]
  readonly workspaceRoot: BytePath
  readonly git: GitState | null
  readonly tags: Readonly<Record<string, string>>
  readonly algorithms: readonly string[]
  readonly hashInputs: boolean
  readonly hold: HoldLimits
  /** Members of composites that the job did not touch are read if they have no more bytes together; default: however many. */
  readonly untouchedBytes?: number
  readonly tracer: ChosenTracer
  readonly recorder: { readonly pid: number; readonly start: string }
  /** Set when the user has had enough: hashing stops, edges without digest say so. */
  readonly abort: AbortSignal
  /** The user asked the run to end (Ctrl-C, SIGTERM): a child that then fails was interrupted. */
  readonly interrupted: () => boolean
}

export interface RunResult {
  readonly handle: JobHandle
  readonly outcome: JobOutcome
  readonly exit: ExitStatus
}

/** What is shared by a run and by the recovery of one whose recorder died. */
export interface Finished {
  readonly fold: JobFold
  readonly trace: TraceOutcome
  readonly ledger: DigestLedger
  /** No later than the command; milliseconds since the epoch. */
  readonly startedAt: number
  readonly timings: { readonly setup: number; readonly child: number }
}
