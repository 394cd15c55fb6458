/** Which files a REF is about, with the content that each should have. */
import { type BytePath, type Digests, type JobRecord, type LineageStore, stepName } from '@roar/core'
import type { Reference } from '../references/reference.ts'

export interface RecordedFile {
  readonly path: BytePath
  /** Of the job that left it or read it last; null for a content by itself. */
  readonly step: string | null
  readonly kind: 'file' | 'composite'
  readonly digests: Digests
  readonly reason: string | null
}

export async function recordedFiles(store: LineageStore, reference: Reference): Promise<readonly RecordedFile[]> {
  switch (reference.is) {
    case 'job': {
      const record = await store.job(reference.job.id)
      return record ? filesOf(record) : []
    }
    case 'artifact': {
      const record = await store.artifact(reference.artifact.id)
      const { kind, digests } = reference.artifact
      return (record?.locations ?? []).map((path) => ({ path, step: null, kind, digests, reason: null }))
    }
    case 'path': {
      const [use] = reference.uses
      if (!use) return []
      const { kind = 'file', digests = {} } = use.artifact ?? {}
      return [
        {
          path: reference.path,
          step: stepName(use.job.step),
          kind,
          digests,
          reason: use.artifact ? null : 'its content is not known',
        },
      ]
    }
    case 'session':
      return lastSeen(store, reference.session.id)
  }
}

/** Outputs count more than inputs: a job that rewrote its input left the output behind. */
function filesOf({ row, outcome }: JobRecord): readonly RecordedFile[] {
  const files = new Map<BytePath, RecordedFile>()
  for (const edge of [...(outcome?.inputs ?? []), ...(outcome?.outputs ?? [])])
    files.set(edge.path, {
      path: edge.path,
      step: stepName(row.step),
      kind: edge.kind,
      digests: edge.digests,
      reason: edge.reason,
    })
  return [...files.values()]
}

/** What the session's jobs last saw at each path, but for what one of them removed since. */
async function lastSeen(store: LineageStore, session: number): Promise<readonly RecordedFile[]> {
  const files = new Map<BytePath, RecordedFile>()
  for (const row of [...(await store.jobs({ session }))].reverse()) {
    const record = await store.job(row.id)
    for (const path of record?.outcome?.deleted ?? []) files.delete(path)
    for (const file of record ? filesOf(record) : []) files.set(file.path, file)
  }
  return [...files.values()]
}
