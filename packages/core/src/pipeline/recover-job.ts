/** Completes the record of a job whose recorder died: what its log still holds, as interrupted. */
import type { BytePath } from '../byte-path.ts'
import type { Classifier } from '../classify/classified.ts'
import type { TraceOutcome, TracerBackend } from '../contracts.ts'
import { DigestLedger } from '../hash/digest-ledger.ts'
import type { ExitStatus, JobStart } from '../model.ts'
import { JobFold } from '../observe/fold.ts'
import type { Progress, RunServices } from '../ports.ts'
import { buildOutcome } from './build-outcome.ts'
import { LeftFiles, onlyAsLeft } from './left-files.ts'

export interface Recovery {
  readonly uid: string
  readonly start: JobStart
  readonly workspaceRoot: BytePath
  readonly algorithms: readonly string[]
  readonly tracer: TracerBackend
  /** As the launcher saw it, when it outlived the recorder. */
  readonly exit: ExitStatus | null
  /** When the command had ended, by the clock of the file systems; null when nobody has seen it. */
  readonly endedNs: bigint | null
  readonly env: Readonly<Record<string, string | undefined>>
}

export async function recoverJob(
  services: Omit<RunServices, 'launch'>,
  classifier: Classifier,
  recovery: Recovery,
  report: (progress: Progress) => void,
): Promise<void> {
  const fold = new JobFold(recovery.tracer.name)
  const left = new LeftFiles(recovery.endedNs)
  const trace = await readLog(recovery, fold, left)
  const request = {
    workspaceRoot: recovery.workspaceRoot,
    git: recovery.start.git,
    algorithms: recovery.algorithms,
    hashInputs: true,
    tracer: { tracer: recovery.tracer, reason: 'recovered' },
    abort: new AbortController().signal,
    interrupted: () => true,
    command: { env: recovery.env },
  }
  const { startedAt } = recovery.start
  // Where nobody has seen the end, it was before this moment: more is not known.
  const endedAt = Math.max(
    startedAt,
    recovery.endedNs === null ? services.clock.now() : Number(recovery.endedNs / 1_000_000n),
  )
  const child = endedAt - startedAt
  const finished = { fold, trace, ledger: new DigestLedger(), startedAt, timings: { setup: 0, child } }
  const built = await buildOutcome(services, classifier, request, finished, report)
  const outcome = onlyAsLeft(built, recovery.workspaceRoot, left, services.files)
  await services.store.finishJob(recovery.uid, { ...outcome, endedAt, status: 'interrupted' })
}

async function readLog(recovery: Recovery, fold: JobFold, left: LeftFiles): Promise<TraceOutcome> {
  const events = (batch: Iterable<Parameters<JobFold['add']>[0]>): void => {
    for (const event of batch) {
      fold.add(event)
      left.note(event)
    }
  }
  const { traceLog } = recovery.start
  const read = traceLog ? await recovery.tracer.recover?.(traceLog, { events }) : null
  const exit = recovery.exit ?? read?.exit ?? { exitCode: null, signal: null }
  const gap = { code: 'recorder-died', count: 1, detail: read ? 'the log was read afterwards' : 'the log is gone' }
  return { exit, lost: read?.lost ?? 0, gaps: [...(read?.gaps ?? []), gap], stillRunning: read?.stillRunning ?? [] }
}
