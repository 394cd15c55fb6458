/** Publishes a lineage: staged under an id that follows from its content, then published at once. Each request may be repeated. */
import {
  isRoarError,
  type Publication,
  type PublicationScope,
  type Published,
  type RegisterOptions,
  type RegistryHealth,
} from '@roar/core'
import type { RegistryHttp } from '../http/request.ts'
import { type Batch, type BatchLimits, batches, memberBatches } from './batches.ts'
import { labelDocument } from './label-document.ts'
import { openStaging, type Staging } from './staging.ts'

export async function register(
  http: RegistryHttp,
  publication: Publication,
  options: RegisterOptions,
): Promise<Published> {
  const { limits, features } = await http.get<RegistryHealth>('/health')
  const taken = { members: features.member_lists === true }
  const staging = await openStaging(http, publication, options.journal)
  if (staging.open)
    await sendAll(staging, publication, { ...batchLimits(limits), ...taken }, options).catch(unlessPublished)
  options.onProgress?.({ phase: 'publishing', ...totals(publication) })
  const published = await staging.post<Published>('/finalize', finalBody(publication))
  // Notes are on what is published. Cut off before them, the next attempt finds all the rest done and writes them.
  await sendLabels(staging, publication)
  return published
}

/** Another attempt, at the same time, was faster: finalizing answers with what it has published, which is the same by its id. */
function unlessPublished(error: unknown): void {
  if (!isRoarError(error) || error.code !== 'ROAR_REGISTRY_CLOSED') throw error
}

/** Larger requests hold the registry up for others and are lost as a whole when a connection breaks. */
const mostBytes = 4 << 20
const mostItems = 5000

/** Some room for what stands around the claims. */
const batchLimits = (limits: RegistryHealth['limits']): BatchLimits => ({
  bytes: Math.min(mostBytes, Math.floor(limits.body_bytes * 0.9)),
  items: Math.min(mostItems, limits.batch_items),
})

async function sendAll(
  staging: Staging,
  publication: Publication,
  limits: BatchLimits & { readonly members: boolean },
  { onProgress }: RegisterOptions,
): Promise<void> {
  const done = { jobs: 0, artifacts: 0, links: 0, members: 0 }
  const cut = `${limits.bytes}/${limits.items}`
  let number = 0
  const send = async (batch: Batch, place: number): Promise<void> => {
    if (place > staging.sentBefore(cut)) {
      await staging.post(batch.path, batch.body)
      await staging.remember(place, cut)
    }
    done.jobs += batch.jobs
    done.artifacts += batch.artifacts
    done.links += batch.links
    done.members += batch.members
    onProgress?.({ phase: 'sending', ...done })
  }
  // One is under way while the next is put together; in order, so that what an attempt has sent is always a beginning.
  let underWay: Promise<void> = Promise.resolve()
  for await (const batch of everything(publication, limits)) {
    await underWay
    underWay = send(batch, ++number)
    // Its failure is met at the next turn.
    underWay.catch(() => {})
  }
  await underWay
}

/** An older registry does not know what to do with members. */
async function* everything(publication: Publication, limits: BatchLimits & { readonly members: boolean }) {
  yield* batches(publication.jobs(), limits)
  if (limits.members) yield* memberBatches(publication.members(), limits)
}

async function sendLabels(staging: Staging, { labels }: Publication): Promise<void> {
  for (let at = 0; at < labels.length; at += mostItems) {
    await staging.post('/labels/batch', { labels: labels.slice(at, at + mostItems).map(labelDocument) })
  }
}

const totals = ({ counts }: Publication) => ({
  jobs: counts.jobs,
  artifacts: counts.artifacts,
  links: counts.inputs + counts.outputs,
  members: counts.members,
})

function finalBody({ git, scope, counts }: Publication) {
  return {
    git_repo: git.repository,
    git_commit: git.commit,
    git_branch: git.branch,
    scope_request: scopeRequest(scope),
    // Not of inputs and outputs: those are counted by their contents there, whatever their paths.
    expected: { jobs: counts.jobs, artifacts: counts.artifacts, links: counts.links },
  }
}

function scopeRequest(scope: PublicationScope) {
  if (scope === 'anonymous') return null
  if (scope === 'private' || scope === 'public')
    return { owner_resolution: 'current_user' as const, owner_type: 'user' as const, visibility: scope }
  return { project: scope, visibility: 'private' as const }
}
