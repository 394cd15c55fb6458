/** What the core makes of a run, as the lines in which a case states it. */
import { foldEvents, type ObservedFile, type TraceEvent } from '@roar/core'
import { nameIn, type Root } from './expectation.ts'

export interface JobLine {
  readonly text: string
  /** Decided only by a later look at the file: a mapping that may have written it. */
  readonly may: boolean
}

export function jobLines(events: readonly TraceEvent[], roots: readonly Root[]): JobLine[] {
  const inside = (path: string): string | null => nameIn(roots, path)
  const job = foldEvents([...events].sort((x, y) => x.sequence - y.sequence))
  const lines = new Map<string, JobLine>()
  const note = (word: string, path: string, may = false) => {
    const name = inside(path)
    if (name !== null) lines.set(`${word} ${name}`, { text: `${word} ${name}`, may })
  }
  const names = (file: ObservedFile) => {
    const target = inside(file.path)
    if (target === null) return
    for (const name of file.names.map(inside)) {
      if (name !== null) lines.set(`name ${name}>${target}`, { text: `name ${name}>${target}`, may: false })
    }
  }
  for (const file of job.inputs) note('in', file.path)
  for (const file of job.outputs) {
    note('out', file.path, file.onlyMayWrite)
    // "append": old content kept. A file of this job's own has none.
    if (file.access.includes('appended') && !file.access.includes('created')) note('append', file.path)
  }
  for (const file of [...job.inputs.filter((file) => file.location === file.path), ...job.outputs]) names(file)
  for (const { path, names: added } of job.linked)
    for (const name of added) {
      const [alias, target] = [inside(name), inside(path)]
      if (alias && target) lines.set(`name ${alias}>${target}`, { text: `name ${alias}>${target}`, may: false })
    }
  for (const path of job.internal) note('int', path)
  for (const path of job.temporary) note('tmp', path)
  for (const path of job.deleted) note('del', path)
  return [...lines.values()]
}
