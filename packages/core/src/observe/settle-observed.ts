/** What only a look at the disk after the job can decide: stores through mappings, and the members of moved directories. */
import type { BytePath } from '../byte-path.ts'
import type { FilePort } from '../ports.ts'
import { isDirectory } from './file-node.ts'
import type { ObservedFile, ObservedJob } from './observed.ts'
import { followUnseenRenames } from './unseen-renames.ts'

/** A moved directory with more members than this is recorded by those that were seen. */
const MOST_MOVED = 1_000_000
const S_IFMT = 0o170000
const S_IFREG = 0o100000

export function settleObserved(observed: ObservedJob, files: FilePort): ObservedJob {
  const job = followUnseenRenames(observed, files)
  const untouched = new Set(
    job.outputs.filter((file) => file.onlyMayWrite && isUntouched(file, files)).map((file) => file.path),
  )
  const moved = movedMembers(job, files)
  if (untouched.size === 0 && moved.length === 0) return job
  const outputs = job.outputs.filter((file) => !untouched.has(file.path))
  const inputs = job.inputs.map((file) =>
    file.location && untouched.has(file.location) ? { ...file, destroyed: false } : file,
  )
  return {
    ...job,
    inputs,
    outputs: [...outputs, ...moved.map(movedFile)],
    deleted: [...job.deleted, ...moved.map(({ from }) => from)],
  }
}

/** On a file system that moves mtime at the first store, an unchanged stamp proves that nothing was stored. */
function isUntouched(file: ObservedFile, files: FilePort): boolean {
  const now = files.state(file.path)
  const before = file.mappedStamp
  return (
    now !== null &&
    before !== null &&
    now.mtimeNs === before.mtimeNs &&
    now.size === before.size &&
    files.timesMappedStores(file.path)
  )
}

function movedMembers(job: ObservedJob, files: FilePort): { from: BytePath; to: BytePath }[] {
  if (job.movedTrees.length === 0) return []
  const known = new Set(job.outputs.flatMap((file) => [file.path, ...file.names]))
  const members: { from: BytePath; to: BytePath }[] = []
  for (const tree of job.movedTrees) {
    for (const to of regularFilesBelow(tree.to, files)) {
      if (members.length >= MOST_MOVED) return members
      if (!known.has(to)) members.push({ from: (tree.from + to.slice(tree.to.length)) as BytePath, to })
    }
  }
  return members
}

function* regularFilesBelow(directory: BytePath, files: FilePort): Generator<BytePath> {
  for (const name of files.probe.list(directory)) {
    const path = `${directory}/${name}` as BytePath
    const mode = files.state(path)?.mode ?? 0
    if (isDirectory(mode)) yield* regularFilesBelow(path, files)
    else if ((mode & S_IFMT) === S_IFREG) yield path
  }
}

const movedFile = ({ from, to }: { from: BytePath; to: BytePath }): ObservedFile => ({
  path: to,
  names: [],
  location: to,
  base: from,
  stamp: null,
  access: ['renamed'],
  processes: [],
  destroyed: false,
  onlyMayWrite: false,
  mappedStamp: null,
})
