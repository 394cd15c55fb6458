/** What the composites among a publication's files consist of. */
import type { BytePath, Digests, LineageStore, PublishedJob, PublishedMembers } from '@roar/core'
import { pathFields } from '@roar/core'

/** Of one composite, the first in the order of their paths: its digest covers the others too. */
const mostMembers = 100_000
const membersAtOnce = 500

export class Composites {
  readonly #store: LineageStore
  /** By digest. */
  readonly #edges = new Map<string, { readonly digests: Digests }>()

  constructor(store: LineageStore) {
    this.#store = store
  }

  see({ inputs, outputs }: Pick<PublishedJob, 'inputs' | 'outputs'>): void {
    for (const edge of [...inputs, ...outputs])
      if (edge.kind === 'composite' && edge.digests.blake3) this.#edges.set(edge.digests.blake3, edge)
  }

  async *members(): AsyncGenerator<PublishedMembers> {
    for (const [digest, { digests }] of [...this.#edges].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const found = await this.#store.artifactsByDigest(digest, 'blake3')
      const artifact = found.find((one) => one.kind === 'composite' && one.digests.blake3 === digest)
      if (artifact) yield* this.#listOf(artifact.id, digests)
    }
  }

  async *#listOf(artifact: number, digests: Digests): AsyncGenerator<PublishedMembers> {
    let from: BytePath | undefined
    for (let first = 0; first < mostMembers; first += membersAtOnce) {
      const some = await this.#store.members(artifact, { ...(from !== undefined && { from }), limit: membersAtOnce })
      if (some.length === 0) return
      const members = some.map(({ path, type, size, digests: own }) => ({
        ...pathFields(path),
        type,
        size,
        digests: own,
      }))
      yield { digests, first, members }
      if (some.length < membersAtOnce) return
      // The next path that there can be.
      from = `${some.at(-1)?.path}\0` as BytePath
    }
  }

  async count(): Promise<number> {
    let count = 0
    for await (const { members } of this.members()) count += members.length
    return count
  }
}
