/** The state of a composite that a job read: as it was before the job, of which only the read members are known for sure. */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile } from '../classify/classified.ts'
import type { FileStamp } from '../contracts.ts'
import type { Digests, NoDigestReason } from '../model.ts'
import { stampWords } from './digest-members.ts'
import {
  type CurrentState,
  type FormedComposite,
  type FormOptions,
  type FormRoom,
  formed,
  inside,
  isMade,
  placesOf,
  use,
} from './formed.ts'
import type { Group } from './gather.ts'
import type { Listing } from './listing.ts'
import { digestBytes, type MemberList, memberList, selected } from './member-list.ts'
import { joinPlaces } from './sorted-paths.ts'

/** By place. */
type Unknown = Map<number, NoDigestReason>

export function before(
  group: Group,
  listing: Listing,
  state: CurrentState,
  room: FormRoom,
  options: FormOptions,
): FormedComposite | null {
  const { members, incomplete } = state.then
  const at = placesOf(group, members, group.reads)
  const reads = new Map(group.reads.map((file, i) => [at[i] as number, file]))
  reads.delete(-1)
  if (reads.size === 0) return null
  const { list, unknown } = listBefore(group, state, reads, room)
  const reason = !options.hashInputs ? 'not-hashed' : listing.isClosed ? 'unreadable' : firstOf(unknown)
  const touched = [...reads.keys()].sort((a, b) => a - b)
  const isPartKnown = options.hashInputs && touched.every((place) => !unknown.has(place))
  return {
    ...formed(group, [...reads.values()], list, reason, room, state.then),
    use: use(list, incomplete, reason, touched, room, isPartKnown),
  }
}

function firstOf(unknown: Unknown): NoDigestReason | null {
  for (const reason of unknown.values()) return reason
  return null
}

/** The members of then, with the digests of the bytes of then. */
function listBefore(
  group: Group,
  state: CurrentState,
  reads: ReadonlyMap<number, ClassifiedFile>,
  { ledger }: FormRoom,
): { readonly list: MemberList; readonly unknown: Unknown } {
  const { then, digested } = state
  const places = joinPlaces(then.members, digested.list.paths)
  const unknown = lostMembers(group, state, places)
  const patches = new Map<number, { readonly digests: Digests; readonly size: number }>()
  for (const [place, file] of reads) {
    const from = places[place] as number
    if (from >= 0 && (!file.stamp || isStamp(digested.stamps, from, file.stamp))) {
      if (!digested.failed.has(from)) unknown.delete(place)
      continue
    }
    const known = file.stamp && ledger.of(file.stamp)
    if (file.stamp && known?.blake3 && (digested.list.sha256 === null || known.sha256)) {
      patches.set(place, { digests: known, size: Number(file.stamp.size) })
      unknown.delete(place)
    } else unknown.set(place, file.destroyed ? 'overwritten-before-hash' : 'changed-after-read')
  }
  const isAsNow = places.length === digested.list.paths.length && !places.includes(-1)
  if (isAsNow && patches.size === 0) return { list: digested.list, unknown }
  return { list: patched(listOf(digested.list, then.members, places), patches), unknown }
}

/** Members of then whose bytes nobody has now. */
function lostMembers(group: Group, { then, digested }: CurrentState, places: Int32Array): Unknown {
  const overwritten = new Set<BytePath>()
  for (const file of group.writes) if (!isMade(file)) overwritten.add(inside(group, file.path))
  for (const link of group.links) if (link.replaced) overwritten.add(inside(group, link.path))
  const unknown: Unknown = new Map()
  places.forEach((from, place) => {
    const failure = from < 0 ? 'vanished' : digested.failed.get(from)
    if (failure) unknown.set(place, failure)
    else if (overwritten.has(then.members[place] as BytePath)) unknown.set(place, 'overwritten-before-hash')
  })
  return unknown
}

function patched(
  list: MemberList,
  patches: ReadonlyMap<number, { readonly digests: Digests; readonly size: number }>,
): MemberList {
  for (const [place, { digests, size }] of patches) {
    Buffer.from(list.digests.buffer).write(digests.blake3 as string, place * digestBytes, 'hex')
    if (list.sha256) Buffer.from(list.sha256.buffer).write(digests.sha256 as string, place * digestBytes, 'hex')
    list.sizes[place] = size
  }
  return list
}

/** A copy; those that are gone stay without digest. */
function listOf(all: MemberList, paths: readonly BytePath[], places: Int32Array): MemberList {
  if (!places.includes(-1)) return selected(all, [...places])
  const list = memberList(paths, { sha256: all.sha256 !== null })
  places.forEach((from, to) => {
    if (from < 0) return
    const one = selected(all, [from])
    list.types[to] = one.types[0] as number
    list.sizes[to] = one.sizes[0] as number
    list.digests.set(one.digests, to * digestBytes)
    if (one.sha256) list.sha256?.set(one.sha256, to * digestBytes)
  })
  return list
}

/** The change time is left out, as in `sameVersion`. */
function isStamp(stamps: BigInt64Array, place: number, stamp: FileStamp): boolean {
  const words = stamps.subarray(place * stampWords, (place + 1) * stampWords)
  return words[0] === stamp.dev && words[1] === stamp.ino && words[2] === stamp.size && words[3] === stamp.mtimeNs
}
