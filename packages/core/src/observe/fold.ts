/** Facts in, files and edges out: the rules of truth (docs/architecture: a rename moves content, a read after the job's own write is internal). */
import type { FileEvent, LinkEvent, RenameEvent, TraceEvent, UnlinkEvent } from '@roar/trace-protocol'
import { accessBits as bit } from '@roar/trace-protocol'
import type { BytePath } from '../byte-path.ts'
import type { FileStamp } from '../contracts.ts'
import { withAccess } from './access-list.ts'
import { Contents, keyOf } from './contents.ts'
import { type FileNode, holdsNothing, isDirectory, isRegular } from './file-node.ts'
import { MadeLinks } from './made-links.ts'
import type { ObservedJob } from './observed.ts'
import { ProcessTable } from './process-table.ts'
import { rename } from './rename.ts'
import { summarise } from './summary.ts'

/** `events` must come in the order of their sequence numbers. */
export function foldEvents(events: Iterable<TraceEvent>, tracer = 'unknown'): ObservedJob {
  const fold = new JobFold(tracer)
  for (const event of events) fold.add(event)
  return fold.result()
}

/** The process of a fact that no process of the job tells: of a program that cannot be entered. */
const nobody = 0

export class JobFold {
  readonly #contents = new Contents()
  readonly #processes: ProcessTable
  readonly #standing = new Set<BytePath>()
  readonly #removedDirectories = new Set<BytePath>()
  readonly #links = new MadeLinks()
  #fresh: FileNode[] = []
  readonly #written = new Set<FileNode>()

  constructor(tracer: string) {
    this.#processes = new ProcessTable(tracer)
  }

  add(event: TraceEvent): void {
    if (event.type === 'exec') this.#processes.exec(event)
    else if (event.type === 'fork') this.#processes.fork(event)
    else if (event.type === 'exit') this.#processes.exit(event.pid, event.status)
    else if (event.pid !== nobody) this.#processes.touch(event)
    this.#apply(event)
  }

  /** The bytes of this file were read by the job and not changed by it: they are worth keeping. */
  isInput(dev: bigint | number, ino: bigint | number): boolean {
    const node = this.#contents.get(`${dev}:${ino}`)
    return node !== undefined && node.readAs !== null && !node.written
  }

  /** Not read yet, as far as is known, and not changed: a program that opens it for both may be about to do either. */
  mayBecomeInput(dev: bigint | number, ino: bigint | number): boolean {
    const node = this.#contents.get(`${dev}:${ino}`)
    return node === undefined || (node.readAs === null && !node.created && !node.written)
  }

  /** Ends the fold, and lets go of what it held: a job of a hundred thousand files has better uses for the memory. */
  result(): ObservedJob {
    this.#written.clear()
    const { all, names } = this.#contents.end()
    const directories = directoriesBefore(all, this.#removedDirectories)
    const moved = this.#contents.moved.all()
    const job = summarise(all, names, this.#standing, moved, directories, this.#processes.records())
    return this.#links.noted(job, names)
  }

  /** Inputs since the last call that the job has not written, for hashing while it runs. */
  takeFreshInputs(): { readonly path: BytePath; readonly stamp: FileStamp }[] {
    const fresh = this.#fresh.filter((node) => !node.written && !node.mayWrite)
    this.#fresh = []
    return fresh.flatMap(({ readAs, readStamp }) => (readAs && readStamp ? [{ path: readAs, stamp: readStamp }] : []))
  }

  /**
   * Shows files that the job has written, by the names that they have now, at most so many at a call. `look` says which need not be shown again
   * before they are written again. What a mapping may change unseen is never shown.
   */
  showWritten(most: number, look: (path: BytePath) => boolean): void {
    let left = most
    for (const node of this.#written) {
      if (left-- === 0) break
      this.#written.delete(node)
      const path = node.names.first()
      if (path === undefined || node.mayWrite || node.dead) continue
      if (!look(path)) this.#written.add(node)
    }
  }

  #apply(event: TraceEvent): void {
    if (event.type === 'file' || event.type === 'settled') this.#file(event)
    else if (event.type === 'rename') this.#rename(event)
    else if (event.type === 'link') this.#link(event)
    else if (event.type === 'unlink') this.#unlink(event)
    else if (event.type === 'symlink' || event.type === 'mkdir') this.#stand(event.path as BytePath, event.type)
    else if (event.type === 'name') this.#alias(`${event.dev}:${event.ino}`, event.path as BytePath)
  }

  /** A name without content of its own. */
  #stand(path: BytePath, type: 'symlink' | 'mkdir'): void {
    if (type === 'symlink') this.#links.made(path)
    this.#contents.names.make(path)
    this.#standing.add(path)
  }

  #file(event: FileEvent): void {
    const node =
      event.access & bit.created ? this.#contents.create(event) : this.#contents.known(event, event.path as BytePath)
    if (event.pid !== nobody) node.processes.add(event.pid)
    if (event.access & bit.read) this.#read(node, event)
    if (event.access & bit.executed) node.access = withAccess(node.access, 'executed')
    if (event.access & bit.mapped) node.access = withAccess(node.access, 'mapped')
    if (event.access & bit.mayWrite) markMayWrite(node, event)
    if (event.access & (bit.written | bit.truncated)) {
      markWritten(node, event)
      if (isRegular(node)) this.#written.add(node)
    }
  }

  #read(node: FileNode, event: FileEvent): void {
    node.access = withAccess(node.access, 'read')
    if (node.created || node.written) {
      node.readBack = true
      if (node.readBackAt < 0) node.readBackAt = this.#contents.count
    } else if (node.readAs === null) {
      node.readAs = event.path as BytePath
      node.readStamp = stampOf(event)
      this.#fresh.push(node)
    }
  }

  #rename(event: RenameEvent): void {
    rename(this.#contents, event)
    this.#links.renamed(event)
    if (this.#standing.delete(event.from as BytePath)) this.#standing.add(event.to as BytePath)
  }

  #link(event: LinkEvent): void {
    const known = this.#contents.living(keyOf(event, event.from), event.mode, true)
    // A file made without a name (O_TMPFILE) gets its first one here; `from` is then the kernel's own word for it.
    const node = known ?? this.#contents.known(event, event.from as BytePath)
    node.access = withAccess(node.access, 'linked')
    node.processes.add(event.pid)
    this.#contents.names.bind(event.to as BytePath, node, true)
  }

  #unlink(event: UnlinkEvent): void {
    const path = event.path as BytePath
    this.#standing.delete(path)
    this.#links.removed(path, event.mode)
    const node = this.#losing(event, path)
    this.#contents.names.release(path, !holdsNothing(event.mode) && !this.#contents.names.madeByJob(path))
    if (isDirectory(event.mode)) this.#removedDirectories.add(path)
    if (!node) return
    node.processes.add(event.pid)
    if (event.links === 0) node.dead = true
  }

  /**
   * A removal is told when it is done: by then another process may have made a file that got the inode's number, and have told so. That one goes by
   * another name.
   */
  #losing(event: UnlinkEvent, path: BytePath): FileNode | undefined {
    const key = keyOf(event, path)
    const node = this.#contents.living(key, event.mode, true)
    const isLater = node !== undefined && event.links === 0 && node.names.size > 0 && !node.names.has(path)
    return (
      (isLater ? undefined : node) ?? this.#contents.names.at(path) ?? this.#contents.carried(key, event.mode, path)
    )
  }

  #alias(key: string, path: BytePath): void {
    const node = this.#contents.get(key)
    if (node) node.aliases = (node.aliases ?? new Set()).add(path)
  }
}

/** Names at which directories stood, as far as the facts say what stood there. */
function directoriesBefore(nodes: readonly FileNode[], removed: ReadonlySet<BytePath>): ReadonlySet<BytePath> {
  const moved = nodes.filter((node) => isDirectory(node.mode)).flatMap((node) => [...node.original])
  return moved.length === 0 ? removed : new Set([...removed, ...moved])
}

function markWritten(node: FileNode, event: FileEvent): void {
  if (event.access & bit.truncated) node.access = withAccess(node.access, 'truncated')
  if (event.access & bit.written)
    node.access = withAccess(node.access, event.access & bit.appended ? 'appended' : 'written')
  node.written = true
}

function markMayWrite(node: FileNode, event: FileEvent): void {
  node.access = withAccess(node.access, 'may-write')
  node.mayWriteStamp ??= stampOf(event)
  node.mayWrite = true
}

function stampOf(event: FileEvent): FileStamp | null {
  if (!event.ino) return null
  const { dev, ino, size, mtimeNs, ctimeNs } = event
  return { dev: BigInt(dev), ino: BigInt(ino), size: BigInt(size), mtimeNs: BigInt(mtimeNs), ctimeNs: BigInt(ctimeNs) }
}
