/** What a question about labels means, if the caller may see it. */
import type { LabelTarget } from '../api/index.ts'
import type { Principal } from '../identity/principal.ts'
import { digestText, parseReference } from '../realm/digest.ts'
import { notFound } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { oneArtifact } from './find.ts'
import type { LabelledTarget } from './labels.ts'
import { sessionJobs, visibleSession } from './sessions.ts'

export async function labelledTarget(
  registry: Registry,
  principal: Principal,
  query: LabelTarget,
): Promise<LabelledTarget> {
  if (query.entity_type === 'artifact' || query.entity_type === 'composite') {
    if (!query.artifact_hash) throw notFound('artifact')
    const { found } = await oneArtifact(registry.database.read, principal, parseReference(query.artifact_hash))
    const { id, algorithm, digest } = found.row
    const text = algorithm && digest ? digestText({ algorithm, bytes: digest }) : null
    return { realm: found.realm, target: id, artifactHash: text, jobUid: null }
  }
  if (!query.session_hash) throw notFound('session')
  const { row, realm } = await visibleSession(registry, principal, query.session_hash)
  if (query.entity_type === 'dag') return { realm, target: row.hash, artifactHash: null, jobUid: null }
  const job = (await sessionJobs(registry, realm, row.hash)).find((one) => one.uid === query.job_uid)
  if (!job) throw notFound('job')
  return { realm, target: job.id, artifactHash: null, jobUid: job.uid }
}
