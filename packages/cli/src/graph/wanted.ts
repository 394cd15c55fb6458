/** Of a file or a content: that alone is asked for, of all that its jobs have made. Null: all of it. */
import type { Reference } from '../references/reference.ts'

export function wantedOf(reference: Reference): readonly number[] | null {
  if (reference.is === 'artifact') return [reference.artifact.id]
  if (reference.is !== 'path') return null
  const made = reference.uses.filter((use) => use.role === 'output').flatMap((use) => use.artifact?.id ?? [])
  return made.length === 0 ? null : made
}
