/**
 * Contents that a step reads under another name than its maker gave them: a hard link, a file moved or copied outside of roar, an earlier state that was put
 * back. Nothing that runs again makes that name, so the content is carried there. What is where is followed through the record, not through the results.
 */
import { type BytePath, type Digests, namesAbove } from '@roar/core'
import type { RecipeFile, RecipeStep } from './recipe.ts'

export interface Carried {
  readonly kind: RecipeFile['kind']
  /** The uid of the step that made it, and its name then. */
  readonly after: string
  readonly from: BytePath
  /** The uid of the step that reads it, and the name by which it does. */
  readonly before: string
  readonly to: BytePath
}

/** `steps`: in the order in which they run. */
export function carriedIn(steps: readonly RecipeStep[]): readonly Carried[] {
  const made = new Made()
  return steps.flatMap((step) => {
    const carried = step.inputs.flatMap((input) => made.carry(input, step))
    for (const output of step.outputs) made.add(output, step.uid)
    return carried
  })
}

class Made {
  readonly #contents = new Map<string, Pick<Carried, 'after' | 'from'>>()
  /** The content that each name has now. */
  readonly #names = new Map<BytePath, ReadonlySet<string>>()

  add(file: RecipeFile, after: string): void {
    this.#names.set(file.path, new Set(keysOf(file.digests)))
    for (const key of keysOf(file.digests)) this.#contents.set(key, { after, from: file.path })
  }

  carry(input: RecipeStep['inputs'][number], { uid }: RecipeStep): readonly Carried[] {
    const { path: to, kind, digests } = input
    // Only what lies in the workspace is put anywhere.
    if (input.from !== 'step' || to.startsWith('/') || this.#isThere(to, digests)) return []
    const key = keysOf(digests).find((one) => this.#contents.has(one))
    const maker = key === undefined ? undefined : this.#contents.get(key)
    if (maker === undefined) return []
    this.#names.set(to, new Set(keysOf(digests)))
    return [{ kind, ...maker, before: uid, to }]
  }

  #isThere(path: BytePath, digests: Digests): boolean {
    const has = this.#names.get(path)
    return has ? keysOf(digests).some((key) => has.has(key)) : this.#isMember(path)
  }

  /** Of a composite that a step made; its members stand in no list here. */
  #isMember(path: BytePath): boolean {
    return [...namesAbove(path)].some(({ name }) => this.#names.has(name))
  }
}

const keysOf = (digests: Digests): readonly string[] => Object.entries(digests).map(([name, hex]) => `${name}:${hex}`)
