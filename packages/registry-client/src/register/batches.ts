/** Cuts a publication into requests that the registry takes: jobs, then their artifacts, then the links, group by group. */
import { setImmediate } from 'node:timers/promises'
import type { PublishedJob } from '@roar/core'
import { artifactClaim, jobClaim, linkClaim, primaryDigest } from './claims.ts'

export interface Batch {
  readonly path: '/jobs/batch' | '/artifacts/batch' | '/links/batch'
  readonly body: object
  readonly jobs: number
  readonly artifacts: number
  readonly links: number
}

export interface BatchLimits {
  /** Of a body before it is packed. */
  readonly bytes: number
  readonly items: number
}

type Jobs = Iterable<PublishedJob> | AsyncIterable<PublishedJob>

/** The same jobs and limits give the same batches: an attempt can go on where the one before stopped. */
export async function* batches(jobs: Jobs, limits: BatchLimits): AsyncGenerator<Batch> {
  const known = new Set<string>()
  const piles = [new Pile('jobs', limits), new Pile('artifacts', limits), new Pile('links', limits)] as const
  const [claims, artifacts, links] = piles
  let read = 0
  for await (const job of jobs) {
    // Lets the request that is under way get on.
    if (++read % 50 === 0) await setImmediate()
    for (const part of linkParts(job)) yield* links.add(part.body, part.links)
    yield* claims.add(jobClaim(job), 1)
    for (const edge of [...job.inputs, ...job.outputs]) {
      const named = primaryDigest(edge.digests)
      const key = named && `${named.algorithm}:${named.digest}`
      if (key === null || known.has(key)) continue
      known.add(key)
      yield* artifacts.add(artifactClaim(edge), 1)
    }
  }
  for (const pile of piles) yield* pile.rest()
}

/** A job may have a hundred thousand files: they are linked in parts. */
const linksInPart = 500

function* linkParts(job: PublishedJob) {
  for (const role of ['inputs', 'outputs'] as const) {
    const edges = job[role]
    for (let at = 0; at < edges.length; at += linksInPart) {
      const part = edges.slice(at, at + linksInPart).map(linkClaim)
      yield { body: { job_uid: job.uid, [role]: part }, links: part.length }
    }
  }
}

/** Claims of one kind until they fill a request. */
class Pile {
  readonly #kind: 'jobs' | 'artifacts' | 'links'
  readonly #limits: BatchLimits
  #claims: object[] = []
  #bytes = 0
  #count = 0

  constructor(kind: 'jobs' | 'artifacts' | 'links', limits: BatchLimits) {
    this.#kind = kind
    this.#limits = limits
  }

  *add(claim: object, count: number): Generator<Batch> {
    const bytes = Buffer.byteLength(JSON.stringify(claim)) + 1
    const full = this.#bytes + bytes > this.#limits.bytes || this.#count + count > this.#limits.items
    if (full) yield* this.rest()
    this.#claims.push(claim)
    this.#bytes += bytes
    this.#count += count
  }

  *rest(): Generator<Batch> {
    if (this.#claims.length === 0) return
    const kind = this.#kind
    yield {
      path: `/${kind}/batch`,
      body: { [kind]: this.#claims },
      jobs: 0,
      artifacts: 0,
      links: 0,
      [kind]: this.#count,
    }
    this.#claims = []
    this.#bytes = 0
    this.#count = 0
  }
}
