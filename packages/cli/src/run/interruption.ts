/** Ctrl-C and its kin while a job runs: the child gets them by itself; roar stays to record. */
export class Interruption {
  readonly #abort = new AbortController()
  #childRuns = true
  #asked = false
  readonly #onSignal = (): void => this.note()

  /** Terminal signals reach roar as well as the child, since they share a process group. */
  listen(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, this.#onSignal)
  }

  stop(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.off(signal, this.#onSignal)
  }

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

  get aborted(): boolean {
    return this.#abort.signal.aborted
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }
}
