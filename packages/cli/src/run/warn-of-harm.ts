/** What the chosen tracer does to the command, said before anything is started: afterwards the program has run as nobody wanted it. */
import { statSync } from 'node:fs'
import { type ChosenTracer, visible } from '@roar/core'
import type { Report } from '../output/report.ts'

/** S_ISUID and S_ISGID (inode(7)): the file gives a privilege. */
const setId = 0o6000

/** `file`: the program. One that only might start such a program is told of it with `-v`: the job's coverage says it where it happens. */
export function warnOfHarm({ tracer, harm }: ChosenTracer, file: string, report: Report): void {
  if (harm === undefined) return
  const text = `under ${tracer.name} ${harm}; another keeps it: roar run --tracer auto …`
  if (modeOf(file) & setId) report.warn(`${visible(file)}: ${text}`)
  else report.detail(text)
}

function modeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mode ?? 0
}
