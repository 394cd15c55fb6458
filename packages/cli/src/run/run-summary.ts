/** What `roar run` says when a job is recorded: one line, and whatever the user must know about it. */
import { display, type GitState, type JobHandle, type JobOutcome, stepName } from '@roar/core'
import { visible } from '../output/escape.ts'
import { brief, count, duration } from '../output/humane.ts'
import type { Report } from '../output/report.ts'

export interface Recorded {
  readonly handle: JobHandle
  readonly outcome: JobOutcome
  readonly git: GitState | null
}

const fewPaths = 8

export function summarise(report: Report, { handle, outcome, git }: Recorded): void {
  const { inputs, outputs } = outcome
  const step = stepName(handle.step)
  report.note(
    `roar: ${step} ${handle.uid} ${ending(outcome)}, ${count(inputs.length, 'input')}, ${count(outputs.length, 'output')}`,
  )
  for (const line of remarks(outcome, step)) report.warn(line)
  for (const edge of outputs.slice(0, report.verbosity > 1 ? outputs.length : fewPaths))
    report.detail(`  → ${visible(display(edge.path))}`)
  if (git === null) report.note('roar: recorded without a commit: this is no git repository')
  else if (git.dirty)
    report.note(
      `roar: recorded as dirty: ${count(git.dirtyFiles.length, 'file')} ${git.dirtyFiles.length === 1 ? 'differs' : 'differ'} from the commit`,
    )
}

function ending({ status, exit, durationMs }: JobOutcome): string {
  const time = duration(durationMs)
  if (status === 'completed') return `completed in ${time}`
  if (exit.signal !== null) return `${status} by ${exit.signal} after ${time}`
  return `${status} with exit status ${exit.exitCode} after ${time}`
}

/** Nothing that the record lacks is kept quiet. */
function remarks({ tracer, inputs, outputs, notes }: JobOutcome, step: string): string[] {
  const { gaps } = tracer.coverage
  const bare = [...inputs, ...outputs].filter((edge) => edge.reason !== null)
  return [
    ...gaps.slice(0, fewPaths).map((gap) => `not seen: ${gap.code} ×${gap.count} ${brief(visible(gap.detail))}`),
    ...(gaps.length > fewPaths ? [`not seen: ${gaps.length - fewPaths} more (roar show ${step})`] : []),
    ...bare.slice(0, fewPaths).map((edge) => `without digest: ${brief(visible(display(edge.path)))} (${edge.reason})`),
    ...(bare.length > fewPaths ? [`without digest: ${bare.length - fewPaths} more (roar show ${step})`] : []),
    ...notes.map(visible),
  ]
}
