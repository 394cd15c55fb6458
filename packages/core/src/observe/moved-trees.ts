/** Directories that the job has renamed: what is first met below one of them had another name before the job. */
import type { BytePath } from '../byte-path.ts'

export class MovedTrees {
  /** By the name that each has now. */
  readonly #from = new Map<BytePath, BytePath>()

  move(from: BytePath, to: BytePath): void {
    this.#from.set(to, this.#from.get(from) ?? from)
  }

  forget(to: BytePath): void {
    this.#from.delete(to)
  }

  holds(path: BytePath): boolean {
    return this.namesBefore(path).length > 0
  }

  namesBefore(path: BytePath): BytePath[] {
    const names: BytePath[] = []
    for (const [to, from] of this.#from) {
      if (path.startsWith(`${to}/`)) names.push((from + path.slice(to.length)) as BytePath)
    }
    return names
  }

  /** Now → before. */
  all(): ReadonlyMap<BytePath, BytePath> {
    return this.#from
  }
}
