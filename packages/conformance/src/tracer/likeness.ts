/** Names that a program makes up by chance, as `~C sed??????`: `?` is one character of a name, `*` any number of them. */

const patterns = new Map<string, RegExp>()

const isShape = (stated: string): boolean => stated.startsWith('~')

/** Whether what was reported is what a case states. */
export const isLike = (stated: string, reported: string): boolean =>
  isShape(stated) ? patternOf(stated.slice(1)).test(reported) : stated === reported

/** Texts that are looked up by their like: of five hundred children each would otherwise be held against all. */
export class Likenesses<T extends { readonly text: string }> {
  readonly #exact: ReadonlyMap<string, readonly T[]>
  readonly #shapes: readonly T[]
  readonly #all: readonly T[]

  constructor(all: readonly T[]) {
    this.#all = all
    const exact = new Map<string, T[]>()
    for (const one of all) {
      const known = exact.get(one.text)
      if (known) known.push(one)
      else exact.set(one.text, [one])
    }
    this.#exact = exact
    this.#shapes = all.filter(({ text }) => isShape(text))
  }

  /** Of what was reported, what is like this statement. */
  reportedAs(stated: string): readonly T[] {
    return isShape(stated) ? this.#all.filter(({ text }) => isLike(stated, text)) : (this.#exact.get(stated) ?? [])
  }

  /** Of what was stated, what this report is like. */
  statedFor(reported: string): readonly T[] {
    return [...(this.#exact.get(reported) ?? []), ...this.#shapes.filter(({ text }) => isLike(text, reported))]
  }
}

function patternOf(stated: string): RegExp {
  const known = patterns.get(stated)
  if (known) return known
  const literal = stated.replace(/[.+^$(){}|[\]\\]/g, '\\$&')
  const pattern = new RegExp(`^${literal.replaceAll('?', '[^/ >]').replaceAll('*', '[^/ >]*')}$`)
  patterns.set(stated, pattern)
  return pattern
}
