/** Rows of a document that come part by part, where all of them at once would fill the memory. */
export class Parts<T> {
  /** From the first one on, each time it is called. */
  readonly each: () => AsyncIterable<readonly T[]>

  constructor(each: () => AsyncIterable<readonly T[]>) {
    this.each = each
  }

  map<U>(change: (row: T) => U): Parts<U> {
    const { each } = this
    return new Parts(async function* () {
      for await (const some of each()) yield some.map(change)
    })
  }
}

export type Rows<T> = readonly T[] | Parts<T>
