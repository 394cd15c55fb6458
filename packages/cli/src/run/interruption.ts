/** Ctrl-C and its kin while a job runs: the child gets them by itself; roar stays to record. */
export class Interruption {
  readonly #abort = new AbortController()
  #childRuns = true
  #asked = false

  /** While the child runs this only marks the run; afterwards it ends the hashing, and what is known is recorded. */
  note(): void {
    this.#asked = true
    if (!this.#childRuns) this.#abort.abort()
  }

  childEnded(): void {
    this.#childRuns = false
  }

  get asked(): boolean {
    return this.#asked
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }
}
