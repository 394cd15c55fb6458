/** Every content that a job has met: found again by its inode, or by the name that it has now. */
import type { FileEvent, LinkEvent, RenameEvent, UnlinkEvent } from '@roar/trace-protocol'
import { accessBits as bit } from '@roar/trace-protocol'
import type { BytePath } from '../byte-path.ts'
import { withAccess } from './access-list.ts'
import { type FileNode, isSameKind, makeNode } from './file-node.ts'
import { MovedTrees } from './moved-trees.ts'
import { Namespace } from './namespace.ts'

type Identified = FileEvent | RenameEvent | LinkEvent | UnlinkEvent

export class Contents {
  readonly moved = new MovedTrees()
  readonly #nodes = new Map<string, FileNode>()
  /** In the order of first sight, and kept: a reused inode number must not hide the one before it. */
  readonly #all: FileNode[] = []
  #names = new Namespace()

  get names(): Namespace {
    return this.#names
  }

  /** How many the job has met. */
  get count(): number {
    return this.#all.length
  }

  get(key: string): FileNode | undefined {
    return this.#nodes.get(key)
  }

  /** An inode number whose last name is gone comes back as another file, unless it is reached without a name: then it is the dead one, still open. */
  living(key: string, mode: number, unnamed: boolean): FileNode | undefined {
    const node = this.#nodes.get(key)
    if (node && !isSameKind(node.mode, mode)) return undefined
    return node?.dead && !unnamed ? undefined : node
  }

  create(event: FileEvent): FileNode {
    const node = this.#enter(makeNode(keyOf(event, event.path), true, event.mode))
    node.access = withAccess(node.access, 'created')
    if (!(event.access & bit.unnamed)) this.#names.bind(event.path as BytePath, node, true)
    return node
  }

  known(event: Identified, path: BytePath): FileNode {
    const unnamed = 'access' in event && (event.access & bit.unnamed) !== 0
    const key = keyOf(event, path)
    const node =
      this.living(key, event.mode, unnamed) ??
      (event.ino ? undefined : this.#names.at(path)) ??
      this.#moved(this.#enter(makeNode(key, unnamed && isMemory(path), event.mode)), path)
    if (!node.mode) node.mode = event.mode
    if (!unnamed && !node.names.has(path)) this.#names.bind(path, node, false)
    return node
  }

  /** What stands at the target of a rename. */
  replaced(event: RenameEvent, to: BytePath): FileNode {
    const key = event.replacedIno ? replacedKey(event) : `path:${to}`
    const node =
      this.living(key, event.replacedMode, false) ??
      this.#names.at(to) ??
      this.#moved(this.#enter(makeNode(key, false, event.replacedMode)), to)
    if (!node.names.has(to)) this.#names.bind(to, node, false)
    return node
  }

  /** Not met before its name is taken, below a directory that the job has renamed: its name from before the job is gone, too. */
  carried(key: string, mode: number, path: BytePath): FileNode | undefined {
    if (!this.moved.holds(path) || this.#names.madeByJob(path)) return undefined
    const node = makeNode(key, false, mode)
    if (this.#nodes.has(key)) this.#all.push(node)
    else this.#enter(node)
    return this.#moved(node, path)
  }

  /** Lets go of what it held: a job of a hundred thousand files has better uses for the memory. */
  end(): { readonly all: readonly FileNode[]; readonly names: Namespace } {
    const ended = { all: this.#all.splice(0), names: this.#names }
    this.#nodes.clear()
    this.#names = new Namespace()
    return ended
  }

  /** First met below a directory that the job has renamed: before the job its name was below the old one. */
  #moved(node: FileNode, path: BytePath): FileNode {
    for (const before of this.moved.namesBefore(path)) {
      this.#names.lost(before, node)
      this.#names.bind(path, node, true)
      node.moved = true
    }
    return node
  }

  #enter(node: FileNode): FileNode {
    this.#nodes.set(node.key, node)
    node.place = this.#all.length
    this.#all.push(node)
    return node
  }
}

/** The kernel's word for a file of memfd_create(2): nothing of it was there before the job. */
const isMemory = (path: BytePath): boolean => path.startsWith('/memfd:')

type Inode = { readonly dev: bigint | number; readonly ino: bigint | number }

export const keyOf = (event: Inode, path: string): string => (event.ino ? `${event.dev}:${event.ino}` : `path:${path}`)

export const replacedKey = (event: RenameEvent): string => `${event.replacedDev}:${event.replacedIno}`
