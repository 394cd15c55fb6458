/**
 * A file may stand at a name that its maker did not give it: a hard link, a copy, a file moved by hand. Its content is what it is about: who made and who used
 * that is known by whatever name. Empty files are all the same content, so theirs are no answer.
 */
import type { ArtifactUse, BytePath, Digests, LineageStore } from '@roar/core'
import type { Reference } from './reference.ts'

/** Of a path whose newest use read what had been made under another name before it was first read here: with those makers behind that use. */
export async function withMakers(store: LineageStore, uses: readonly ArtifactUse[]): Promise<readonly ArtifactUse[]> {
  const at = uses.findIndex((use) => use.artifact !== null)
  const { role, artifact } = uses[at] ?? {}
  if (role !== 'input' || !artifact?.size || uses.some((use) => isOutputOf(use, artifact.id))) return uses
  const first = uses.findLast((use) => use.artifact?.id === artifact.id)?.job.id ?? 0
  const all = (await store.artifact(artifact.id))?.producedBy ?? []
  // A copy that was made of it later is not where it came from.
  const makers = all.filter(({ job }) => job.id < first)
  return makers.length === 0 ? uses : [...uses.slice(0, at + 1), ...makers, ...uses.slice(at + 1)]
}

const isOutputOf = (use: ArtifactUse, artifact: number): boolean =>
  use.role === 'output' && use.artifact?.id === artifact

/** Of a file that no job is known to have used by this name. */
export async function byContent(store: LineageStore, path: BytePath, digests: Digests): Promise<Reference | null> {
  for (const [algorithm, digest] of Object.entries(digests)) {
    for (const { id, kind, size } of await store.artifactsByDigest(digest, algorithm)) {
      const record = kind === 'file' && size ? await store.artifact(id) : null
      const uses = [...(record?.producedBy ?? []), ...(record?.consumedBy ?? [])]
      if (uses.length > 0) return { is: 'path', path, uses }
    }
  }
  return null
}
