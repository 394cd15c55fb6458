/** Facts in, files and edges out: the rules of truth (docs/architecture: a rename moves content, a read after the job's own write is internal). */
import type { FileEvent, LinkEvent, RenameEvent, TraceEvent, UnlinkEvent } from '@roar/trace-protocol'
import { accessBits as bit, recordFlags, renameKinds } from '@roar/trace-protocol'
import type { BytePath } from '../byte-path.ts'
import type { FileStamp } from '../contracts.ts'
import { withAccess } from './access-list.ts'
import { type FileNode, isDirectory, isRegular, isSameKind, makeNode } from './file-node.ts'
import { Namespace } from './namespace.ts'
import type { ObservedJob } from './observed.ts'
import { ProcessTable } from './process-table.ts'
import { summarise } from './summary.ts'

/** `events` must come in the order of their sequence numbers. */
export function foldEvents(events: Iterable<TraceEvent>, tracer = 'unknown'): ObservedJob {
  const fold = new JobFold(tracer)
  for (const event of events) fold.add(event)
  return fold.result()
}

export class JobFold {
  readonly #nodes = new Map<string, FileNode>()
  /** Every content ever seen, in the order of first sight: a reused inode number must not hide the one before it. */
  readonly #all: FileNode[] = []
  #names = new Namespace()
  readonly #processes: ProcessTable
  readonly #standing = new Set<BytePath>()
  readonly #removedDirectories = new Set<BytePath>()
  readonly #movedTrees = new Map<BytePath, BytePath>()
  #fresh: FileNode[] = []
  readonly #written = new Set<FileNode>()

  constructor(tracer: string) {
    this.#processes = new ProcessTable(tracer)
  }

  add(event: TraceEvent): void {
    if (event.type === 'exec') this.#processes.exec(event)
    else if (event.type === 'fork') this.#processes.fork(event)
    else if (event.type === 'exit') this.#processes.exit(event.pid, event.status)
    else this.#processes.touch(event)
    this.#apply(event)
  }

  /** The bytes of this file were read by the job and not changed by it: they are worth keeping. */
  isInput(dev: bigint | number, ino: bigint | number): boolean {
    const node = this.#nodes.get(`${dev}:${ino}`)
    return node !== undefined && node.readAs !== null && !node.written
  }

  /** Not read yet, as far as is known, and not changed: a program that opens it for both may be about to do either. */
  mayBecomeInput(dev: bigint | number, ino: bigint | number): boolean {
    const node = this.#nodes.get(`${dev}:${ino}`)
    return node === undefined || (node.readAs === null && !node.created && !node.written)
  }

  /** Ends the fold, and lets go of what it held: a job of a hundred thousand files has better uses for the memory. */
  result(): ObservedJob {
    const all = this.#all.splice(0)
    this.#written.clear()
    this.#nodes.clear()
    const names = this.#names
    this.#names = new Namespace()
    const directories = directoriesBefore(all, this.#removedDirectories)
    return summarise(all, names, this.#standing, this.#movedTrees, directories, this.#processes.records())
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
    else if (event.type === 'symlink' || event.type === 'mkdir') this.#stand(event.path as BytePath)
    else if (event.type === 'name') this.#alias(`${event.dev}:${event.ino}`, event.path as BytePath)
  }

  /** A name without content of its own. */
  #stand(path: BytePath): void {
    this.#names.make(path)
    this.#standing.add(path)
  }

  #file(event: FileEvent): void {
    const node = event.access & bit.created ? this.#create(event) : this.#known(event, event.path as BytePath)
    node.processes.add(event.pid)
    if (event.access & bit.read) this.#read(node, event)
    if (event.access & bit.executed) node.access = withAccess(node.access, 'executed')
    if (event.access & bit.mapped) node.access = withAccess(node.access, 'mapped')
    if (event.access & bit.mayWrite) markMayWrite(node, event)
    if (event.access & (bit.written | bit.truncated)) {
      markWritten(node, event)
      if (isRegular(node)) this.#written.add(node)
    }
  }

  #create(event: FileEvent): FileNode {
    const node = makeNode(keyOf(event, event.path), true, event.mode)
    node.access = withAccess(node.access, 'created')
    this.#enter(node)
    if (!(event.access & bit.unnamed)) this.#names.bind(event.path as BytePath, node, true)
    return node
  }

  #known(event: FileEvent | RenameEvent | LinkEvent | UnlinkEvent, path: BytePath): FileNode {
    const unnamed = 'access' in event && (event.access & bit.unnamed) !== 0
    const key = keyOf(event, path)
    const node =
      this.#living(key, event.mode, unnamed) ??
      (event.ino ? undefined : this.#names.at(path)) ??
      this.#moved(this.#enter(makeNode(key, false, event.mode)), path)
    if (!node.mode) node.mode = event.mode
    if (!unnamed && !node.names.has(path)) this.#names.bind(path, node, false)
    return node
  }

  /** First met below a directory that the job has renamed: before the job its name was below the old one. */
  #moved(node: FileNode, path: BytePath): FileNode {
    for (const [to, from] of this.#movedTrees) {
      if (!path.startsWith(`${to}/`)) continue
      this.#names.lost((from + path.slice(to.length)) as BytePath, node)
      this.#names.bind(path, node, true)
      node.moved = true
    }
    return node
  }

  /** Not met before its name is taken, below a directory that the job has renamed: its name from before the job is gone, too. */
  #carried(key: string, mode: number, path: BytePath): FileNode | undefined {
    const inside = [...this.#movedTrees.keys()].some((to) => path.startsWith(`${to}/`))
    if (!inside || this.#names.madeByJob(path)) return undefined
    const node = makeNode(key, false, mode)
    if (this.#nodes.has(key)) this.#all.push(node)
    else this.#enter(node)
    return this.#moved(node, path)
  }

  /** An inode number whose last name is gone comes back as another file, unless it is reached without a name: then it is the dead one, still open. */
  #living(key: string, mode: number, unnamed: boolean): FileNode | undefined {
    const node = this.#nodes.get(key)
    if (node && !isSameKind(node.mode, mode)) return undefined
    return node?.dead && !unnamed ? undefined : node
  }

  #enter(node: FileNode): FileNode {
    this.#nodes.set(node.key, node)
    this.#all.push(node)
    return node
  }

  #read(node: FileNode, event: FileEvent): void {
    node.access = withAccess(node.access, 'read')
    if (node.created || node.written) {
      node.readBack = true
    } else if (node.readAs === null) {
      node.readAs = event.path as BytePath
      node.readStamp = stampOf(event)
      this.#fresh.push(node)
    }
  }

  #rename(event: RenameEvent): void {
    const [from, to] = [event.from as BytePath, event.to as BytePath]
    const other = event.kind === renameKinds.exchange ? this.#replaced(event, to) : undefined
    const node = this.#known(event, from)
    node.processes.add(event.pid)
    node.access = withAccess(node.access, 'renamed')
    node.moved = true
    this.#moveTrees(event, from, to)
    this.#detachReplaced(event, to)
    this.#names.release(from, !this.#names.madeByJob(from))
    if (this.#standing.delete(from)) this.#standing.add(to)
    this.#names.bind(to, node, true)
    if (other) this.#exchange(other, from, event.pid)
  }

  /** What stood at the target; of an exchange it lives on under the other name. */
  #replaced(event: RenameEvent, to: BytePath): FileNode {
    const key = event.replacedIno ? `${event.replacedDev}:${event.replacedIno}` : `path:${to}`
    const node =
      this.#living(key, event.replacedMode, false) ??
      this.#names.at(to) ??
      this.#moved(this.#enter(makeNode(key, false, event.replacedMode)), to)
    if (!node.names.has(to)) this.#names.bind(to, node, false)
    return node
  }

  #detachReplaced(event: RenameEvent, to: BytePath): void {
    const key = `${event.replacedDev}:${event.replacedIno}`
    const before = this.#names.at(to) ?? (event.replacedIno ? this.#carried(key, event.replacedMode, to) : undefined)
    // A content that is known by one name only dies with it; its inode number may come again.
    if (before && event.kind === renameKinds.plain && before.names.size === 1) before.dead = true
    if (event.replacedIno && !this.#names.madeByJob(to)) this.#names.release(to, true)
  }

  #exchange(node: FileNode, path: BytePath, pid: number): void {
    node.access = withAccess(node.access, 'renamed')
    node.moved = true
    node.processes.add(pid)
    this.#names.bind(path, node, true)
  }

  /** Of two that change places, one steps aside, to where no path leads. */
  #moveTrees(event: RenameEvent, from: BytePath, to: BytePath): void {
    const aside = `${to}\0` as BytePath
    const swaps = event.kind === renameKinds.exchange && isDirectory(event.replacedMode)
    if (swaps) this.#moveTree(to, aside)
    if (isDirectory(event.mode)) this.#moveTree(from, to)
    if (swaps) this.#moveTree(aside, from)
    this.#movedTrees.delete(aside)
  }

  #moveTree(from: BytePath, to: BytePath): void {
    if (!this.#names.madeByJob(from)) this.#movedTrees.set(to, this.#movedTrees.get(from) ?? from)
    for (const path of [...this.#names.below(from)]) {
      const node = this.#names.at(path)
      if (!node) continue
      const moved = (to + path.slice(from.length)) as BytePath
      this.#names.release(path, !this.#names.madeByJob(path))
      this.#names.bind(moved, node, true)
      node.moved = true
    }
  }

  #link(event: LinkEvent): void {
    const known = this.#living(keyOf(event, event.from), event.mode, true)
    // A file made without a name (O_TMPFILE) gets its first one here; `from` is then the kernel's own word for it.
    const node = known ?? this.#known(event, event.from as BytePath)
    node.access = withAccess(node.access, 'linked')
    node.processes.add(event.pid)
    this.#names.bind(event.to as BytePath, node, true)
  }

  #unlink(event: UnlinkEvent): void {
    const path = event.path as BytePath
    this.#standing.delete(path)
    const node = this.#losing(event, path)
    this.#names.release(path, !this.#names.madeByJob(path))
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
    const node = this.#living(key, event.mode, true)
    const isLater = node !== undefined && event.links === 0 && node.names.size > 0 && !node.names.has(path)
    return (isLater ? undefined : node) ?? this.#names.at(path) ?? this.#carried(key, event.mode, path)
  }

  #alias(key: string, path: BytePath): void {
    const node = this.#nodes.get(key)
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

const keyOf = (event: { readonly dev: bigint | number; readonly ino: bigint | number }, path: string): string =>
  event.ino ? `${event.dev}:${event.ino}` : `path:${path}`

function stampOf(event: FileEvent): FileStamp | null {
  if (!event.ino) return null
  const { dev, ino, size, mtimeNs, ctimeNs } = event
  return { dev: BigInt(dev), ino: BigInt(ino), size: BigInt(size), mtimeNs: BigInt(mtimeNs), ctimeNs: BigInt(ctimeNs) }
}

/** True when a fact's path was put together by hand or seen from inside another root. */
export const isDoubtfulPath = (event: TraceEvent): boolean =>
  (event.flags & (recordFlags.lexical | recordFlags.foreignNamespace)) !== 0
