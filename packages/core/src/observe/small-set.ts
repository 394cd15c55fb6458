/** A set that mostly holds one value: a hundred thousand files have one name and one process each, and a Set for each takes 200 bytes. */
export class SmallSet<T> implements Iterable<T> {
  #one: T | undefined
  #more: Set<T> | null = null

  get size(): number {
    return this.#more ? this.#more.size : this.#one === undefined ? 0 : 1
  }

  has(value: T): boolean {
    return this.#more ? this.#more.has(value) : this.#one === value && value !== undefined
  }

  add(value: T): this {
    if (this.#more) this.#more.add(value)
    else if (this.#one === undefined) this.#one = value
    else if (this.#one !== value) this.#more = new Set([this.#one, value])
    return this
  }

  delete(value: T): void {
    if (this.#more) this.#more.delete(value)
    else if (this.#one === value) this.#one = undefined
  }

  /** In the order of insertion. */
  first(): T | undefined {
    return this.#more ? this.#more.values().next().value : this.#one
  }

  [Symbol.iterator](): Iterator<T> {
    if (this.#more) return this.#more.values()
    return (this.#one === undefined ? [] : [this.#one]).values()
  }
}
