/** Which paths a probe was asked for, and how much of them. */
import type { BytePath, Look } from '@roar/core'

export class Looks {
  readonly #since = Date.now()
  readonly #asked = new Map<BytePath, Look['as']>()
  /** Noted together, and told apart when somebody asks. */
  readonly #lists: (readonly BytePath[])[] = []

  found(path: BytePath, there: boolean): boolean {
    if (!this.#asked.has(path)) this.#asked.set(path, there ? 'there' : 'missing')
    return there
  }

  note(path: BytePath): void {
    this.#asked.set(path, 'state')
  }

  noteAll(paths: readonly BytePath[]): void {
    this.#lists.push(paths)
  }

  noting<T, Rest extends readonly unknown[]>(look: (path: BytePath, ...rest: Rest) => T) {
    return (path: BytePath, ...rest: Rest): T => {
      this.note(path)
      return look(path, ...rest)
    }
  }

  *all(): Generator<Look> {
    for (const path of this.#lists.splice(0).flat()) this.note(path)
    for (const [path, as] of this.#asked) yield { path, as, since: this.#since }
  }
}
