/** Digests of a composite's members: those that lie unchanged since they were last hashed are not read again. */
import type { BytePath } from '../byte-path.ts'
import { treeKinds } from '../contracts.ts'
import { reasonOf } from '../hash/resolve-digests.ts'
import type { NoDigestReason } from '../model.ts'
import type { CompositePort, HashedFile, HashOptions, HashService, RememberedMembers } from '../ports.ts'
import type { Listing } from './listing.ts'
import { digestBytes, type MemberList, memberList, memberTypes } from './member-list.ts'
import { joinPlaces } from './sorted-paths.ts'

export interface DigestRoom {
  readonly port: CompositePort
  readonly hashes: HashService
}

export interface DigestedMembers {
  readonly list: MemberList
  /** dev, ino, size, mtime, ctime of the bytes that were hashed, one behind the other. */
  readonly stamps: BigInt64Array
  /** By place in the list: why there is no digest. */
  readonly failed: ReadonlyMap<number, NoDigestReason>
}

export interface Undigested extends DigestedMembers {
  /** Places that have to be read, in order. */
  readonly unread: readonly number[]
}

export const stampWords = 5
/** Results of so many files are in memory at once. */
const filesAtOnce = 16_384

/** Before anything is read: sizes, and the digests that are known. */
export function recallMembers(
  listing: Listing,
  paths: readonly BytePath[],
  remembered: RememberedMembers | null,
  sha256: boolean,
): Undigested {
  const list = memberList(paths, { sha256 })
  const stamps = new BigInt64Array(paths.length * stampWords)
  const { scan } = listing
  const places = joinPlaces(paths, scan.paths)
  // What is remembered are BLAKE3 digests alone.
  const old = remembered && !sha256 ? joinPlaces(paths, remembered.paths) : null
  const unread: number[] = []
  for (let i = 0; i < paths.length; i++) {
    const from = places[i] as number
    const stamp = scan.stamps.subarray(from * stampWords, (from + 1) * stampWords)
    stamps.set(stamp, i * stampWords)
    list.sizes[i] = Number(stamp[2])
    if (scan.kinds[from] === treeKinds.link) list.types[i] = memberTypes.link
    if (!old || !remembered || !recall(list, i, stamp, remembered, old[i] as number)) unread.push(i)
  }
  return { list, stamps, unread, failed: new Map() }
}

function recall(list: MemberList, to: number, stamp: BigInt64Array, old: RememberedMembers, from: number): boolean {
  if (from < 0 || old.known[from] === 0) return false
  for (let i = 0; i < stampWords; i++) if (stamp[i] !== old.stamps[from * stampWords + i]) return false
  list.digests.set(old.digests.subarray(from * digestBytes, (from + 1) * digestBytes), to * digestBytes)
  return true
}

export async function digestMembers(
  root: BytePath,
  { list, stamps, unread }: Undigested,
  { port, hashes }: DigestRoom,
  options: HashOptions,
): Promise<DigestedMembers> {
  const failed = new Map<number, NoDigestReason>()
  const absolute = (place: number): BytePath => `${root}/${list.paths[place]}` as BytePath
  const links = unread.filter((place) => list.types[place] === memberTypes.link)
  digestLinks(list, links, (place) => port.linkTarget(absolute(place)), port, failed)
  const files = unread.filter((place) => list.types[place] !== memberTypes.link)
  for (let from = 0; from < files.length; from += filesAtOnce) {
    const some = files.slice(from, from + filesAtOnce)
    const done = await hashes.hash(some.map(absolute), { ...options, ...progressFrom(options, from, files.length) })
    done.forEach((file, i) => {
      note(list, stamps, failed, some[i] as number, file)
    })
  }
  return { list, stamps, failed }
}

/** One count over all portions. */
function progressFrom({ onProgress }: HashOptions, before: number, totalFiles: number): Partial<HashOptions> {
  if (!onProgress) return {}
  return {
    onProgress: ({ files, bytes }) => onProgress({ files: before + files, totalFiles, bytes, totalBytes: null }),
  }
}

function note(
  list: MemberList,
  stamps: BigInt64Array,
  failed: Map<number, NoDigestReason>,
  place: number,
  { digests, error, stamp }: HashedFile,
): void {
  if (!digests?.blake3 || !stamp) {
    failed.set(place, reasonOf(error))
    return
  }
  Buffer.from(list.digests.buffer).write(digests.blake3, place * digestBytes, 'hex')
  if (list.sha256 && digests.sha256) Buffer.from(list.sha256.buffer).write(digests.sha256, place * digestBytes, 'hex')
  list.sizes[place] = Number(stamp.size)
  stamps.set([stamp.dev, stamp.ino, stamp.size, stamp.mtimeNs, stamp.ctimeNs], place * stampWords)
}

/** A link is its target's text: where it leads is another member, or lies elsewhere. */
function digestLinks(
  list: MemberList,
  places: readonly number[],
  targetOf: (place: number) => Uint8Array | null,
  port: CompositePort,
  failed: Map<number, NoDigestReason>,
): void {
  for (const place of places) {
    const target = targetOf(place)
    if (target === null) {
      failed.set(place, 'unreadable')
      continue
    }
    list.sizes[place] = target.length
    list.digests.set(port.hashEach(target, Uint32Array.of(target.length)), place * digestBytes)
    if (!list.sha256) continue
    const hasher = port.hasher('sha256')
    hasher.update(target)
    list.sha256.set(hasher.digest(), place * digestBytes)
  }
}
