/** Labels of a publication in the words of the wire. */
import type { PublishedLabels } from '@roar/core'

export function labelDocument({ of, labels }: PublishedLabels) {
  if (of === 'dag') return { entity_type: 'dag' as const, metadata: labels }
  if ('job' in of) return { entity_type: 'job' as const, job_uid: of.job, metadata: labels }
  return { entity_type: 'artifact' as const, artifact_hash: of.digest, metadata: labels }
}
