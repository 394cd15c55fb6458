/** The jobs that a reference is about: itself, or those that made the artifact, or, for what came from outside, those that used it. */
import { type JobRow, type LineageStore, RoarError } from '@roar/core'
import type { Reference } from './reference.ts'

export async function jobsOf(
  store: LineageStore,
  reference: Exclude<Reference, { is: 'session' }>,
): Promise<readonly JobRow[]> {
  if (reference.is === 'job') return [reference.job]
  const uses = reference.is === 'path' ? reference.uses : await usesOf(store, reference.artifact.id)
  const made = uses.filter((use) => use.role === 'output')
  const [newest] = made.length > 0 ? made : uses
  if (!newest)
    throw new RoarError('ROAR_REF_UNKNOWN', 'No job has made or used this artifact.', {
      remedy: ['roar log lists the jobs'],
    })
  // One content may have been made many times: the newest counts; a file from outside leads to all that used it.
  return made.length > 0
    ? [newest.job]
    : uses.filter((use) => use.job.session === newest.job.session).map((use) => use.job)
}

async function usesOf(store: LineageStore, artifact: number) {
  const record = await store.artifact(artifact)
  return [...(record?.producedBy ?? []), ...(record?.consumedBy ?? [])]
}
