/**
 * An output that nobody was seen to remove and whose name is gone was renamed by a call that the tracer did not see (Rust's `tempfile` by way of rustix,
 * in a library too large to be searched for such calls). Its inode says what it is called now.
 */
import type { BytePath } from '../byte-path.ts'
import type { FilePort, FileState } from '../ports.ts'
import type { ObservedFile, ObservedJob } from './observed.ts'

/** Outputs whose names are looked for: a job with more has done with its names what a look at each would cost too much for. */
const MOST_OUTPUTS = 20_000
/** Entries of a directory that are looked at for one inode. */
const MOST_ENTRIES = 10_000
const LINK = 0o120000
const KIND = 0o170000

export function followUnseenRenames(job: ObservedJob, files: FilePort): ObservedJob {
  const gone = job.outputs.length > MOST_OUTPUTS ? [] : job.outputs.filter((file) => isGone(file, files))
  if (gone.length === 0) return job
  const names = new Names(job, gone, files)
  const now = new Map(gone.map((file) => [file, names.of(file)] as const))
  const outputs = job.outputs.flatMap((file) => (now.has(file) ? renamed(file, now.get(file) ?? null, names) : [file]))
  const followed = gone.filter((file) => now.get(file))
  return {
    ...job,
    outputs,
    temporary: [...job.temporary, ...followed.map(({ path }) => path)],
    movedUnseen: followed.length,
  }
}

const isGone = ({ path, identity }: ObservedFile, files: FilePort): boolean =>
  identity != null && files.state(path) === null

/** Where nothing is found it stays what it is: something that vanished. One that is recorded by its new name already is not recorded twice. */
function renamed(file: ObservedFile, to: BytePath | null, names: Names): ObservedFile[] {
  if (to === null) return [file]
  if (names.isRecorded(to)) return []
  const others = file.names.filter((name) => name !== to)
  return [{ ...file, path: to, names: others, location: to, access: [...file.access, 'renamed'] }]
}

class Names {
  readonly #recorded: ReadonlySet<BytePath>
  readonly #files: FilePort
  readonly #listed = new Map<string, ReadonlyMap<string, BytePath>>()

  constructor({ outputs }: ObservedJob, gone: readonly ObservedFile[], files: FilePort) {
    const without = new Set(gone)
    this.#recorded = new Set(outputs.filter((file) => !without.has(file)).map(({ path }) => path))
    this.#files = files
  }

  isRecorded(path: BytePath): boolean {
    return this.#recorded.has(path)
  }

  /** A further name that was seen, or one beside the old: renames into place stay in their directory. */
  of({ path, names, identity }: ObservedFile): BytePath | null {
    const known = names.find((name) => identityOf(this.#files.state(name)) === identity)
    return known ?? this.#inodesOf(path.slice(0, path.lastIndexOf('/'))).get(identity ?? '') ?? null
  }

  #inodesOf(directory: string): ReadonlyMap<string, BytePath> {
    const known = this.#listed.get(directory)
    if (known) return known
    const { probe, freshProbe } = this.#files
    const entries = (freshProbe?.() ?? probe).list((directory || '/') as BytePath)
    const inodes = new Map(entries.length > MOST_ENTRIES ? [] : entries.map((name) => this.#entry(directory, name)))
    this.#listed.set(directory, inodes)
    return inodes
  }

  #entry(directory: string, name: BytePath): [string, BytePath] {
    const path = `${directory}/${name}` as BytePath
    return [identityOf(this.#files.state(path)), path]
  }
}

const identityOf = (state: FileState | null): string =>
  state && (state.mode & KIND) !== LINK ? `${state.dev}:${state.ino}` : ''
