/**
 * A composite whose names are those of its last forming: only what changed is read, only the pages around it are made again. The stamp of every
 * entry is compared all the same: a change that no trace told of is seen.
 */
import type { BytePath } from '../byte-path.ts'
import { type CompositeFound, scanEntryBytes } from '../contracts.ts'
import type { Digests, Manifest } from '../model.ts'
import { type CompositePort, formerFlags, type HashOptions } from '../ports.ts'
import { type DigestRoom, digestMembers, stampWords } from './digest-members.ts'
import { formerKey, type MemberRules } from './former.ts'
import { digestAt, digestBytes, hex } from './member-list.ts'
import { PackedMembers } from './packed-members.ts'
import { hexRoot } from './tree.ts'

export interface Refreshed {
  readonly members: PackedMembers
  /** Entries that are not what they were, members or not, and those that were not known. */
  readonly changed: readonly number[]
}

/** `mayRead`: of these entries; false where they are too much. Null: it has to be formed from the start. */
export async function refresh(
  found: CompositeFound,
  rules: MemberRules | null,
  { port, hashes }: DigestRoom,
  options: HashOptions,
  mayRead: (entries: readonly number[], members: PackedMembers) => boolean = () => true,
): Promise<Refreshed | null> {
  if (!rules || found.name !== undefined || !port.former || !port.revisit || !port.flatDigest) return null
  const former = port.former(found.root, formerKey(found, rules))
  if (!former || options.algorithms.includes('sha256') !== (former.sha256 !== null)) return null
  const looking = port.revisit(found.root, former.scan)
  // Made while other threads ask for the stamps.
  const members = new PackedMembers(former)
  const seen = await looking
  if (!seen) return null
  former.scan.directories.records.set(seen.directories)
  seen.places.forEach((entry, i) => {
    members.set(entry, { record: seen.records.subarray(i * scanEntryBytes, (i + 1) * scanEntryBytes) })
  })
  const unread = unreadOf(members, seen.places)
  if (!mayRead(unread, members)) return null
  if (!(await read(found.root, members, unread, { port, hashes }, options))) return null
  members.reroot(unread, (data, ends) => port.hashEach(data, ends))
  return { members, changed: [...new Set([...seen.places, ...unread])].sort((a, b) => a - b) }
}

/** Keeps what was found for the next time. */
export function keepRefreshed(
  found: CompositeFound,
  { members, changed }: Refreshed,
  port: CompositePort,
  rules: MemberRules,
) {
  if (changed.length > 0) port.keepFormer?.(found.root, members.former, changed, rules.looks())
}

function unreadOf(members: PackedMembers, changed: readonly number[]): readonly number[] {
  const { flags } = members.former
  for (const entry of changed) flags[entry] = (flags[entry] as number) & ~formerFlags.known
  const unread: number[] = []
  for (let entry = 0; entry < flags.length; entry++)
    if (((flags[entry] as number) & (formerFlags.member | formerFlags.known)) === formerFlags.member) unread.push(entry)
  return unread
}

/** False where one could not be read. */
async function read(
  root: BytePath,
  members: PackedMembers,
  entries: readonly number[],
  room: DigestRoom,
  options: HashOptions,
): Promise<boolean> {
  if (entries.length === 0) return true
  const all = { list: members.list(entries), stamps: new BigInt64Array(entries.length * stampWords), failed: new Map() }
  entries.forEach((entry, i) => {
    all.stamps.set(members.stamp(entry), i * stampWords)
  })
  const { list, stamps, failed } = await digestMembers(root, { ...all, unread: [...entries.keys()] }, room, options)
  if (failed.size > 0) return false
  entries.forEach((entry, i) => {
    const stamp = stamps.subarray(i * stampWords, (i + 1) * stampWords)
    const sha256 = list.sha256 && digestAt(list.sha256, i)
    members.set(entry, { stamp, size: list.sizes[i] as number, digest: digestAt(list.digests, i), sha256 })
    members.former.flags[entry] = (members.former.flags[entry] as number) | formerFlags.known
  })
  return true
}

export interface IdentifiedMembers {
  readonly digests: Digests
  readonly manifest: Manifest
}

const done = new WeakMap<PackedMembers, IdentifiedMembers>()

export function identifyPacked(members: PackedMembers, port: CompositePort): IdentifiedMembers {
  const known = done.get(members)
  if (known) return known
  const tree = members.tree((data, ends) => port.hashEach(data, ends))
  const flat = (algorithm: 'blake3' | 'sha256'): string =>
    hex(port.flatDigest?.(members.lines(algorithm), algorithm) ?? new Uint8Array(digestBytes))
  const digests = {
    blake3: hexRoot(tree),
    'composite-blake3': flat('blake3'),
    ...(members.former.sha256 && { 'composite-sha256': flat('sha256') }),
  }
  const identified = { digests, manifest: members.manifest(tree) }
  done.set(members, identified)
  return identified
}
