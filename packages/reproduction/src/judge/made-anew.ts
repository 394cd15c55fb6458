/**
 * Outputs that a step makes under a name of its own each time (`runs/2026-11-30T18-20/model`): none has the recorded name, and one may be the same thing.
 */
import { posix } from 'node:path'
import { display, type JobBody } from '@roar/core'
import { type RecipeOutput, sameContent } from '../recipe/recipe.ts'

type Made = JobBody['outputs'][number]

export class MadeAnew {
  readonly #free: Set<Made>

  /** `recorded`: the names of all outputs that the record has. */
  constructor(job: JobBody, recorded: ReadonlySet<string>) {
    this.#free = new Set(job.outputs.filter(({ path }) => !recorded.has(path)))
  }

  /** The one with its content; else the only one that is called the same in another directory. Each is taken once. */
  take({ path, kind, digests, size }: RecipeOutput): Made | null {
    const candidates = [...this.#free].filter((one) => one.kind === kind)
    const same = size === 0 ? undefined : candidates.find((one) => sameContent(digests, one.digests) === true)
    const name = posix.basename(display(path))
    const called = candidates.filter((one) => posix.basename(one.path) === name)
    const found = same ?? (called.length === 1 ? called[0] : undefined)
    if (found === undefined) return null
    this.#free.delete(found)
    return found
  }
}
