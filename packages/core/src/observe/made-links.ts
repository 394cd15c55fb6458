/** Symbolic links that a job makes: no contents, but members of what they lie in. */
import { type RenameEvent, renameKinds } from '@roar/trace-protocol'
import type { BytePath } from '../byte-path.ts'
import { isDirectory, isLink } from './file-node.ts'
import type { Namespace } from './namespace.ts'
import type { ObservedJob } from './observed.ts'

export class MadeLinks {
  /** That stand, by their names of now. */
  readonly #standing = new Set<BytePath>()
  /** Names of links from before that were taken away. */
  readonly #removed = new Set<BytePath>()

  made(path: BytePath): void {
    this.#standing.add(path)
  }

  removed(path: BytePath, mode: number): void {
    if (!this.#standing.delete(path) && isLink(mode)) this.#removed.add(path)
  }

  renamed({ from, to, kind, mode, replacedMode }: RenameEvent): void {
    const isExchange = kind === renameKinds.exchange
    this.#standing.delete(from as BytePath)
    this.#standing.delete(to as BytePath)
    if (isLink(mode)) this.#standing.add(to as BytePath)
    if (isExchange && isLink(replacedMode)) this.#standing.add(from as BytePath)
    // Below directories that change places links are not followed: their members are told by the files that moved.
    if (isDirectory(mode) && !isExchange) this.#moveBelow(from, to)
  }

  #moveBelow(from: string, to: string): void {
    for (const path of [...this.#standing]) {
      if (!path.startsWith(`${from}/`)) continue
      this.#standing.delete(path)
      this.#standing.add((to + path.slice(from.length)) as BytePath)
    }
  }

  /** A link from before at whose name another one stands is changed, not gone. */
  noted(job: ObservedJob, names: Namespace): ObservedJob {
    if (this.#standing.size === 0) return job
    const symlinks = [...this.#standing].map((path) => ({ path, replaced: names.isTaken(path) }))
    const isGone = (path: BytePath): boolean => !(this.#removed.has(path) && this.#standing.has(path))
    return { ...job, symlinks, deleted: job.deleted.filter(isGone) }
  }
}
