/** Which name stands for which content, as far as the job's facts tell. */
import type { BytePath } from '../byte-path.ts'
import type { FileNode } from './file-node.ts'

export class Namespace {
  readonly #bound = new Map<BytePath, FileNode>()
  /** Directory → names known below it (files and directories), so that a directory's rename touches only its own. */
  readonly #children = new Map<string, Set<BytePath>>()
  /** Names that appeared during the job. */
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
    before?.names.delete(path)
    this.#bound.set(path, node)
    node.names.add(path)
    node.everNamed = true
    this.#remember(path)
    if (made) this.#made.add(path)
    else if (!this.#made.has(path)) node.original.add(path)
  }

  /** Someone removed or moved the name. */
  release(path: BytePath, existedBefore: boolean): void {
    const node = this.#bound.get(path)
    node?.names.delete(path)
    this.#bound.delete(path)
    this.#children.get(parentOf(path))?.delete(path)
    if (existedBefore && !this.#made.has(path)) this.#taken.add(path)
  }

  /** A name that the job made without content of its own: a symlink, a directory. */
  make(path: BytePath): void {
    this.#made.add(path)
  }

  madeByJob(path: BytePath): boolean {
    return this.#made.has(path)
  }

  /** Every known name below a directory. */
  *below(directory: BytePath): Generator<BytePath> {
    for (const child of [...(this.#children.get(directory) ?? [])]) {
      if (this.#bound.has(child)) yield child
      yield* this.below(child)
    }
  }

  /** Names from before that nothing stands at now. */
  deleted(): BytePath[] {
    return [...this.#taken].filter((path) => !this.#bound.has(path))
  }

  /** Names of the job's own that nothing stands at now. `standing`: made names that hold no content (symlinks, directories). */
  temporary(standing: ReadonlySet<BytePath>): BytePath[] {
    return [...this.#made].filter((path) => !this.#bound.has(path) && !standing.has(path))
  }

  #remember(path: BytePath): void {
    for (let child = path, parent = parentOf(path); ; child = parent as BytePath, parent = parentOf(child)) {
      const known = this.#children.get(parent)
      if (known?.has(child)) return
      if (known) known.add(child)
      else this.#children.set(parent, new Set([child]))
      if (parent === '' || parent === '/') return
    }
  }
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash > 0 ? path.slice(0, slash) : slash === 0 ? '/' : ''
}
