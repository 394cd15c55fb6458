/** A path that no job was recorded with may be a member of a composite: then what is known of that one is known of it. */
import { type BytePath, type LineageStore, namesAbove } from '@roar/core'
import type { Reference } from './reference.ts'

export async function memberAtPath(store: LineageStore, path: BytePath): Promise<Reference | null> {
  for (const { name, inside } of namesAbove(path)) {
    const uses = await store.artifactsAtPath(name)
    for (const [at, { artifact }] of uses.entries())
      if (artifact?.kind === 'composite' && (await store.member(artifact.id, inside)) !== null)
        return { is: 'path', path: name, uses: uses.slice(at) }
  }
  return null
}
