/** Cuts a publication into requests that the registry takes: jobs, then their artifacts, then the links, group by group; members at last. */
import { setImmediate } from 'node:timers/promises'
import type { PublishedJob, PublishedMembers } from '@roar/core'
import { artifactClaim, jobClaim, linkClaim, memberList, primaryDigest } from './claims.ts'

export interface Batch {
  readonly path: `/${string}/batch`
  readonly body: object
  readonly jobs: number
  readonly artifacts: number
  readonly links: number
  readonly members: number
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

/** Nothing for a publication without composites. The same parts and limits give the same batches. */
export async function* memberBatches(
  parts: AsyncIterable<PublishedMembers>,
  limits: BatchLimits,
): AsyncGenerator<Batch> {
  const lists = new Pile('members', limits)
  for await (const part of parts) {
    const list = memberList(part)
    if (list) yield* lists.add(list, part.members.length)
  }
  yield* lists.rest()
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

type Kind = 'jobs' | 'artifacts' | 'links' | 'members'

/** Where they go, and what they are called there. */
const places: Readonly<Record<Kind, readonly [path: Batch['path'], name: string]>> = {
  jobs: ['/jobs/batch', 'jobs'],
  artifacts: ['/artifacts/batch', 'artifacts'],
  links: ['/links/batch', 'links'],
  members: ['/artifacts/components/batch', 'lists'],
}

/** Claims of one kind until they fill a request. */
class Pile {
  readonly #kind: Kind
  readonly #limits: BatchLimits
  #claims: object[] = []
  #bytes = 0
  #count = 0

  constructor(kind: Kind, limits: BatchLimits) {
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
    const [path, name] = places[this.#kind]
    const none = { jobs: 0, artifacts: 0, links: 0, members: 0 }
    yield { path, body: { [name]: this.#claims }, ...none, [this.#kind]: this.#count }
    this.#claims = []
    this.#bytes = 0
    this.#count = 0
  }
}
