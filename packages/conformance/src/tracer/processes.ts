/** The process tree that the core makes of a run, against what a case states of its processes. */
import { foldEvents, type TraceEvent } from '@roar/core'
import type { Expectation } from './expectation.ts'

export function processProblems({ ended, born }: Expectation, events: readonly TraceEvent[]): string[] {
  if (ended.length === 0 && born.length === 0) return []
  const { processes } = foldEvents([...events].sort((x, y) => x.sequence - y.sequence))
  const known = new Map(processes.map((one) => [one.pid, one]))
  return [
    ...ended
      .filter(({ pid, status }) => known.get(pid)?.exitCode !== status)
      .map(({ pid, status }) => `${pid} ended with ${status}, and is reported with ${known.get(pid)?.exitCode}`),
    ...born
      .filter(({ pid, parent }) => known.get(pid)?.parent !== parent)
      .map(({ pid, parent }) => `${pid} was started by ${parent}, and is reported as ${known.get(pid)?.parent}'s`),
  ]
}
