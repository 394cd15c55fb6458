/** Is a composite on disk still what was recorded? Every member is read again, and the tree is made of what was read. */
import {
  type BytePath,
  type CompositePort,
  type Digests,
  display,
  type HashService,
  type LineageStore,
  type Member,
} from '@roar/core'
import type { Services } from '../composition/services.ts'
import { compositeNamed } from '../hashing/find-composite.ts'
import { type HashedComposite, hashComposite } from '../hashing/hash-composite.ts'
import type { RecordedFile } from './recorded-files.ts'

export interface CompositeFinding {
  readonly digests: Digests | null
  /** The first member that is not as recorded; null where the composite is. */
  readonly difference: string | null
}

export interface CompositeRoom {
  readonly port: CompositePort
  readonly hashes: HashService
  readonly store: LineageStore
}

export async function verifyComposite(
  services: Services,
  recorded: RecordedFile,
  path: BytePath,
  room: CompositeRoom,
): Promise<CompositeFinding> {
  const named = await compositeNamed(services, path)
  const sha256 = recorded.digests['composite-sha256'] !== undefined
  const found = named && (await hashComposite(services, named.found, named.classifier, { sha256, room }))
  if (!found || found.members === 0) return { digests: null, difference: null }
  if (found.failure)
    return { digests: {}, difference: `${display(found.failure.path)} cannot be read: ${found.failure.reason}` }
  if (found.digests?.blake3 === recorded.digests.blake3) return { digests: found.digests, difference: null }
  return { digests: found.digests ?? {}, difference: await firstDifference(found, recorded, room.store) }
}

async function firstDifference(found: HashedComposite, { digests }: RecordedFile, store: LineageStore) {
  const [artifact] = await store.artifactsByDigest(digests.blake3 as string, 'blake3')
  const expected = artifact ? await store.members(artifact.id) : []
  if (expected.length === 0) return 'its members are not those that were recorded'
  const now = found.each()[Symbol.iterator]()
  for (const member of expected) {
    const { value } = now.next() as { readonly value: Member | undefined }
    const said = differenceOf(member, value)
    if (said !== null) return said
  }
  const more = now.next()
  return more.done ? null : `${display(more.value.path)} was not there`
}

function differenceOf(expected: Member, found: Member | undefined): string | null {
  const name = display(expected.path)
  if (found === undefined || found.path > expected.path) return `${name} is no longer there`
  if (found.path < expected.path) return `${display(found.path)} was not there`
  if (found.type !== expected.type) return `${name} is a ${found.type} now`
  return found.digests.blake3 === expected.digests.blake3 ? null : `${name} is not what it was`
}
