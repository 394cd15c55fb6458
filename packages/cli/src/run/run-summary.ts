/** What `roar run` says when a job is recorded: one line, and whatever the user must know about it. */
import type { JobBody, JobDocument } from '@roar/core'
import { visible } from '../output/escape.ts'
import { count, duration } from '../output/humane.ts'
import type { Report } from '../output/report.ts'

const fewPaths = 8

export function summarise(report: Report, { job }: JobDocument): void {
  report.note(
    `roar: ${job.step} ${job.uid} ${ending(job)}, ${count(job.inputs.length, 'input')}, ${count(job.outputs.length, 'output')}`,
  )
  for (const line of remarks(job)) report.warn(line)
  const listed = report.verbosity > 0 ? job.outputs : job.outputs.slice(0, fewPaths)
  for (const edge of listed) report.detail(`  → ${visible(edge.path)}`)
  if (job.git === null) report.note('roar: recorded without a commit: this is no git repository')
}

function ending(job: JobBody): string {
  const time = duration(job.duration_ms)
  if (job.status === 'completed') return `completed in ${time}`
  if (job.signal !== null) return `${job.status} by ${job.signal} after ${time}`
  return `${job.status} with exit status ${job.exit_code} after ${time}`
}

/** Nothing that the record lacks is kept quiet. */
function remarks(job: JobBody): string[] {
  const gaps = job.tracer?.coverage.gaps ?? []
  const lost = job.tracer?.lost ?? 0
  const bare = [...job.inputs, ...job.outputs].filter((edge) => edge.reason !== null)
  return [
    ...gaps.slice(0, fewPaths).map((gap) => `not seen: ${gap.code} ×${gap.count} ${visible(gap.detail)}`),
    ...(gaps.length > fewPaths ? [`not seen: ${gaps.length - fewPaths} more (roar show ${job.step})`] : []),
    ...(lost > 0 ? [`${count(lost, 'event')} of the trace were lost`] : []),
    ...bare.slice(0, fewPaths).map((edge) => `without digest: ${visible(edge.path)} (${edge.reason})`),
    ...(bare.length > fewPaths ? [`without digest: ${bare.length - fewPaths} more (roar show ${job.step})`] : []),
    ...job.notes.map(visible),
  ]
}
