/** `roar.register/1`: what was published, or, of a dry run, everything that would leave the machine. */
import { jobSummary, type Publication, type PublicationCounts, type Published, pathFields, stepName } from '@roar/core'
import { checklist } from './checklist.ts'
import type { RegisterFacts } from './register-facts.ts'
import type { TagReport } from './tag-commits.ts'

export interface RegisterOutcome extends RegisterFacts {
  readonly tags: TagReport
  /** Null in a dry run. */
  readonly published: Published | null
}

export type RegisterDocument = Awaited<ReturnType<typeof registerDocument>>

export async function registerDocument(outcome: RegisterOutcome) {
  const { request, scope, collected, prepared, tags, published, url } = outcome
  const { publication, audit, secrets } = prepared
  return {
    schema: 'roar.register/1' as const,
    of: request.ref,
    dry_run: request.dryRun,
    registry: url,
    scope,
    session: collected.session,
    publication: publication.id,
    counts: shownCounts(publication.counts),
    secrets,
    dirty: collected.dirty.map(jobSummary),
    cut: collected.cut && cutBody(collected.cut),
    tags: { policy: tags.policy, remotes: tags.remotes.map(({ name, url }) => ({ name, url })), list: tags.tags },
    published: published && publishedBody(published, prepared.target, url),
    checklist: checklist({ audit, tags, published: published?.session_url ?? null }),
    /** Exactly what is sent; only of a dry run. */
    sent: request.dryRun ? await everythingSent(publication) : null,
  }
}

const shownCounts = ({ jobs, artifacts, inputs, outputs, members }: PublicationCounts) => ({
  ...{ jobs, artifacts, inputs, outputs, members },
})

const everythingSent = async ({ jobs, members, labels }: Publication) => ({
  ...{ jobs: await all(jobs()), members: await all(members()), labels },
})

async function all<T>(items: Iterable<T> | AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

type Cut = NonNullable<RegisterFacts['collected']['cut']>

const cutBody = ({ dropped, unreachable, orphans }: Cut) => ({
  dropped: dropped.map(jobSummary),
  unreachable: unreachable.map(jobSummary),
  orphans: orphans.map(({ path, usedBy }) => ({ ...pathFields(path), used_by: stepName(usedBy.step) })),
})

function publishedBody(published: Published, digest: string | null, url: string | null) {
  const { session_hash, session_url, created, counts } = published
  const base = session_url.includes('/dag/') ? session_url.slice(0, session_url.indexOf('/dag/')) : (url ?? '')
  return { session_hash, session_url, artifact_url: digest && `${base}/artifact/${digest}`, created, counts }
}
