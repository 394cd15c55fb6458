/** Which name stands for which content, as far as the job's facts tell. */
import type { BytePath } from '../byte-path.ts'
import type { FileNode } from './file-node.ts'

export class Namespace {
  readonly #bound = new Map<BytePath, FileNode>()
  /**
   * Directory → names known below it (files and directories), so that a directory's rename touches only its own. Most jobs rename none: it is made
   * at the first, and a hundred thousand names are in no second table until then.
   */
  #children: Map<string, Set<BytePath>> | null = null
  /** Names that appeared during the job, but for those that stand and are known to their node as `madeAs`. */
  readonly #made = new Set<BytePath>()
  /** Names from before the job that were taken away at some time. */
  readonly #taken = new Set<BytePath>()

  at(path: BytePath): FileNode | undefined {
    return this.#bound.get(path)
  }

  /** `made`: the name came into being now; otherwise it was there before the job, unless it is known to be the job's own. */
  bind(path: BytePath, node: FileNode, made: boolean): void {
    const before = this.#bound.get(path)
    if (before === node) return
    if (before) this.#unbind(before, path)
    this.#bound.set(path, node)
    node.names.add(path)
    node.everNamed = true
    if (this.#children) remember(this.#children, path)
    if (made) this.#noteMade(path, node)
    else if (!this.#made.has(path)) node.original.add(path)
  }

  /** Someone removed or moved the name. */
  release(path: BytePath, existedBefore: boolean): void {
    const node = this.#bound.get(path)
    if (node) this.#unbind(node, path)
    this.#bound.delete(path)
    this.#children?.get(parentOf(path))?.delete(path)
    if (existedBefore && !this.#made.has(path)) this.#taken.add(path)
  }

  /** The content had this name before the job and lost it unseen, with a directory above. What stands there by now is another, and stays. */
  lost(path: BytePath, node: FileNode): void {
    node.original.add(path)
    this.#taken.add(path)
  }

  /** A name that the job made without content of its own: a symlink, a directory. */
  make(path: BytePath): void {
    this.#made.add(path)
  }

  madeByJob(path: BytePath): boolean {
    return this.#made.has(path) || this.#bound.get(path)?.madeAs === path
  }

  /** Every known name below a directory. */
  *below(directory: BytePath): Generator<BytePath> {
    this.#children ??= childrenOf(this.#bound.keys())
    for (const child of [...(this.#children.get(directory) ?? [])]) {
      if (this.#bound.has(child)) yield child
      yield* this.below(child)
    }
  }

  /** Names from before that nothing stands at now. */
  deleted(): BytePath[] {
    return [...this.#taken].filter((path) => !this.#bound.has(path))
  }

  /** A name from before at which another content stands now. */
  isReplaced(path: BytePath): boolean {
    return this.#taken.has(path) && this.#bound.has(path)
  }

  /** A name from before that was taken away at some time. */
  isTaken(path: BytePath): boolean {
    return this.#taken.has(path)
  }

  /** Names of the job's own that nothing stands at now. `standing`: made names that hold no content (symlinks, directories). */
  temporary(standing: ReadonlySet<BytePath>): BytePath[] {
    return [...this.#made].filter((path) => !this.#bound.has(path) && !standing.has(path))
  }

  #unbind(node: FileNode, path: BytePath): void {
    node.names.delete(path)
    if (node.madeAs !== path) return
    node.madeAs = null
    this.#made.add(path)
  }

  #noteMade(path: BytePath, node: FileNode): void {
    if (node.madeAs === null) node.madeAs = path
    else this.#made.add(path)
  }
}

function childrenOf(paths: Iterable<BytePath>): Map<string, Set<BytePath>> {
  const children = new Map<string, Set<BytePath>>()
  for (const path of paths) remember(children, path)
  return children
}

function remember(children: Map<string, Set<BytePath>>, path: BytePath): void {
  for (let child = path, parent = parentOf(path); ; child = parent as BytePath, parent = parentOf(child)) {
    const known = children.get(parent)
    if (known?.has(child)) return
    if (known) known.add(child)
    else children.set(parent, new Set([child]))
    if (parent === '' || parent === '/') return
  }
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash > 0 ? path.slice(0, slash) : slash === 0 ? '/' : ''
}
