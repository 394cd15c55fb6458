/** How often passwords may be tried: by one address, and for one account. In this process only; an attacker meets as many limits as there are servers. */
const minute = 60_000

export class SignInLimit {
  readonly #most: number
  readonly #now: () => number
  #tries = new Map<string, number>()
  #since = 0

  constructor(most: number, now: () => number) {
    this.#most = most
    this.#now = now
  }

  /** False: too many. */
  take(address: string, account: string): boolean {
    if (this.#now() - this.#since > minute) {
      this.#tries = new Map()
      this.#since = this.#now()
    }
    const keys = [`address ${address}`, `account ${account}`]
    const counts = keys.map((key) => (this.#tries.get(key) ?? 0) + 1)
    for (const [at, key] of keys.entries()) this.#tries.set(key, counts[at] as number)
    return counts.every((count) => count <= this.#most)
  }
}
