/** What each file is that a job has touched; whatever is dropped is counted and listed. */
import type { BytePath } from '../byte-path.ts'
import type { Candidate } from '../contracts.ts'
import type { ObservedJob } from '../observe/observed.ts'
import type { FilePort } from '../ports.ts'
import type { ClassifiedJob, Classifier } from './classified.ts'
import { sourcesOf } from './made-inputs.ts'
import { Sorter } from './sorter.ts'

export async function classify(
  job: ObservedJob,
  classifier: Classifier,
  files: Pick<FilePort, 'state'>,
): Promise<ClassifiedJob> {
  const sorter = new Sorter(classifier)
  const inputs = job.inputs.flatMap((file) => sorter.keep(file, 'input'))
  inputs.push(...sourcesOf(sorter, job.inputs, files))
  const outputs = job.outputs.flatMap((file) => sorter.keep(file, 'output'))
  const symlinks = (job.symlinks ?? []).filter(({ path }) => sorter.wouldKeep({ path, role: 'output', size: null }))
  if (inputs.length + outputs.length + job.deleted.length + symlinks.length > 0) {
    await sorter.memberships.loadForming()
    inputs.forEach((file, i) => {
      inputs[i] = sorter.memberships.join(file, 'input')
    })
    outputs.forEach((file, i) => {
      outputs[i] = sorter.memberships.join(file, 'output')
    })
  }
  for (const path of job.internal) sorter.drop('internal', path)
  for (const path of job.temporary) sorter.drop('temporary', path)
  const deleted = job.deleted.filter((path) => sorter.keepDeleted(path))
  // A directory is no member of anything.
  const deletions = sorter.memberships.deletions(deleted.filter((path) => !job.deletedDirectories?.has(path)))
  const links = sorter.memberships.linksOf(symlinks)
  classifier.probe.keep?.()
  const { uses, dropped } = sorter
  return { inputs, outputs, packages: uses.list(), recorded: uses.recorded, dropped, deleted, deletions, links }
}

/** Would this file stay in the record? */
export function isKept(
  path: BytePath,
  size: number,
  classifier: Classifier,
  role: Candidate['role'] = 'input',
): boolean {
  return new Sorter(classifier).wouldKeep({ path, role, size })
}

/** For the members of a composite that the job has not touched: one question for each of a million. */
export function keeper(classifier: Classifier): (path: BytePath) => boolean {
  const sorter = new Sorter(classifier)
  return (path) => sorter.wouldKeep({ path, role: 'output', size: null })
}
