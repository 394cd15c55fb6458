/** Two composites as values: by a comparer of their format, else member by member. */
import { type BytePath, display } from '@roar/core'
import type { CompositeAt, ContentComparison, ReproductionRoom, Tolerance } from '../room.ts'

export interface ComparedComposites {
  /** As recorded. */
  readonly name: string
  readonly format: string | null
  readonly expected: CompositeAt
  readonly found: CompositeAt
  readonly tolerance: Tolerance
}

export async function compareComposites(
  room: ReproductionRoom,
  { name, format, expected, found, tolerance }: ComparedComposites,
): Promise<ContentComparison> {
  const roots = { expected: display(expected.root), found: display(found.root) }
  // Of a set the root is the folder that it lies in, perhaps among others.
  const whole = name.includes('*') ? null : await room.compare({ name, format, ...roots, tolerance })
  return whole ?? (await compareMembers(room, expected, found, tolerance))
}

async function compareMembers(
  room: ReproductionRoom,
  expected: CompositeAt,
  found: CompositeAt,
  tolerance: Tolerance,
): Promise<ContentComparison> {
  const now = new Map([...found.members()].map((one) => [one.path, one]))
  let least: ContentComparison = { verdict: 'content', comparer: 'members', difference: null }
  for (const { path, digests, type } of expected.members()) {
    const other = now.get(path)
    now.delete(path)
    if (other?.type === type && other.digests.blake3 === digests.blake3) continue
    const compared = other && type === 'file' ? await compareMember(room, path, expected, found, tolerance) : null
    if (compared === null || compared.verdict === 'different')
      return different(path, other ? (compared?.difference ?? 'it is not what it was') : 'it was not made')
    if (compared.verdict === 'tolerance')
      least = { ...compared, comparer: 'members', difference: `${display(path)}: ${compared.difference}` }
  }
  const [more] = now.keys()
  return more === undefined ? least : different(more, 'it was not there')
}

const compareMember = (
  room: ReproductionRoom,
  path: BytePath,
  expected: CompositeAt,
  found: CompositeAt,
  tolerance: Tolerance,
): Promise<ContentComparison | null> =>
  room.compare({
    name: display(path),
    format: null,
    expected: `${display(expected.root)}/${display(path)}`,
    found: `${display(found.root)}/${display(path)}`,
    tolerance,
  })

const different = (path: BytePath, difference: string): ContentComparison => ({
  verdict: 'different',
  comparer: 'members',
  difference: `${display(path)}: ${difference}`,
})
