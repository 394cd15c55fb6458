/** What a tracer's own end says of the job: its status, what of it was not seen, who went on. */
import type { TraceOutcome } from '../contracts.ts'
import type { Coverage, Gap, JobOutcome, JobStatus } from '../model.ts'
import type { ObservedJob } from '../observe/observed.ts'
import type { RunRequest } from './run-request.ts'

export function statusOf(
  { exit }: TraceOutcome,
  request: Pick<RunRequest, 'interrupted'>,
): Exclude<JobStatus, 'running'> {
  if (exit.exitCode === 0) return 'completed'
  // Whoever waited for the command was killed: nobody knows how it ended.
  const unknown = exit.exitCode === null && exit.signal === null
  return unknown || request.interrupted() ? 'interrupted' : 'failed'
}

/** `movedUnseen`: outputs under names that nobody was seen to give them. */
export function tracerOf(
  { tracer: { tracer, reason } }: Pick<RunRequest, 'tracer'>,
  trace: TraceOutcome,
  movedUnseen: number,
): JobOutcome['tracer'] {
  const coverage = coverageOf(trace, movedUnseen)
  return { name: tracer.name, version: tracer.version, reason, lost: trace.lost, coverage }
}

function coverageOf(trace: TraceOutcome, movedUnseen: number): Coverage {
  const lost = trace.lost > 0 ? [lostEvents(trace.lost)] : []
  const announced = trace.gaps.some(({ code }) => code === 'direct-syscall')
  const gaps = [...trace.gaps, ...lost, ...(movedUnseen > 0 && !announced ? [unseenRenames(movedUnseen)] : [])]
  return { complete: gaps.length === 0, gaps }
}

const lostEvents = (count: number): Gap => ({
  code: 'events-lost',
  count,
  detail: 'the log had no room, or a program died while it wrote',
})

const unseenRenames = (count: number): Gap => ({
  code: 'direct-syscall',
  count,
  detail: 'an output was renamed by a call that was not seen',
})

/** The root's end is known from its parent, which sees signals too. */
export function withRootExit(
  observed: Pick<ObservedJob, 'processes'>,
  trace: TraceOutcome,
): Pick<ObservedJob, 'processes'>['processes'] {
  const [root, ...others] = observed.processes
  return root ? [{ ...root, exitCode: trace.exit.exitCode, signal: trace.exit.signal }, ...others] : []
}

export function notesOf(trace: TraceOutcome): string[] {
  const alive = trace.stillRunning
  if (alive.length === 0) return []
  const who = alive.length === 1 ? 'process' : 'processes'
  return [`${alive.length} ${who} of the job went on after its main process had ended: ${alive.join(', ')}`]
}
