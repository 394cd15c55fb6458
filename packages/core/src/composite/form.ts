/** Forms a job's composites: the state that it read, the state that it left, and which members it touched. */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile } from '../classify/classified.ts'
import type { NoDigestReason } from '../model.ts'
import { before } from './before.ts'
import { type Together, together } from './counted-set.ts'
import { type DigestedMembers, digestMembers, recallMembers, type Undigested } from './digest-members.ts'
import { type FormedStates, formRefreshed } from './form-refreshed.ts'
import {
  accessOf,
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
import { keepFormer } from './former.ts'
import type { Group } from './gather.ts'
import { describe, type Listing, listComposite } from './listing.ts'
import { placeOf, selected } from './member-list.ts'
import { joinPlaces, union } from './sorted-paths.ts'

export interface FormedGroup {
  readonly input: FormedComposite | null
  readonly output: FormedComposite | null
  /** Beside the composite, or no longer part of it. */
  readonly looseInputs: readonly ClassifiedFile[]
  readonly looseOutputs: readonly ClassifiedFile[]
  /** Said to the user. */
  readonly notes: readonly string[]
}

export async function formGroup(group: Group, room: FormRoom, options: FormOptions): Promise<FormedGroup> {
  const refreshed = await formRefreshed(group, room, options)
  if (refreshed) return grouped(group, refreshed)
  const listing = await listComposite(group.found, room)
  const loose = { looseInputs: group.reads, looseOutputs: group.writes }
  const isOne = listing && (await oneTo(group, listing, room))
  if (listing === null || isOne === null) return { input: null, output: null, ...loose, notes: [] }
  const state = await currentState(group, listing, room, options)
  const input = isOne.input ? before(group, listing, state, room, options) : null
  const output = isOne.output ? after(group, listing, state, room) : null
  if (room.rules && state.now.members.length === state.digested.list.paths.length && state.digested.failed.size === 0)
    keepFormer(group.found, listing, state.now, state.digested.list, room.port, room.rules)
  return grouped(group, { input, output, elsewhere: state.now.elsewhere ?? [] })
}

/** Null: what it may be made of are files by themselves. */
async function oneTo(group: Group, listing: Listing, { usesAt, probe }: FormRoom): Promise<Together | null> {
  const { found, detector } = group
  if (!found.counted) return { input: true, output: true }
  const paths = pathsOf(listing)
  const membersOf = (of: readonly BytePath[]) => describe(found, detector, of, probe).members
  const one = await together(group, membersOf(pathsBefore(group, paths)), membersOf(paths), usesAt)
  return one.input || one.output ? one : null
}

const pathsOf = ({ eligible, scan }: Listing): readonly BytePath[] =>
  eligible.map((place) => scan.paths[place] as BytePath)

/** With the files that the composites do not have. */
function grouped(group: Group, { input, output, elsewhere }: FormedStates): FormedGroup {
  const isIn = (formed: FormedComposite | null) => {
    const taken = new Set(formed?.files)
    return (file: ClassifiedFile): boolean => !taken.has(file)
  }
  return {
    input,
    output,
    looseInputs: group.reads.filter(isIn(input)),
    looseOutputs: group.writes.filter(isIn(output)),
    notes: notesOf(group, elsewhere),
  }
}

async function currentState(
  group: Group,
  listing: Listing,
  room: FormRoom,
  options: FormOptions,
): Promise<CurrentState> {
  const paths = pathsOf(listing)
  const now = describe(group.found, group.detector, paths, room.probe)
  const then = changed(group) ? describe(group.found, group.detector, pathsBefore(group, paths), room.probe) : now
  const wanted = then === now ? now.members : union(now.members, onDisk(then.members, paths))
  const sha256 = options.algorithms.includes('sha256')
  const recalled = recallMembers(listing, wanted, room.port.remembered(group.name), sha256)
  const touched = touchedOf(group, wanted)
  const isInput = !changed(group)
  const isWhole = (options.hashInputs || !isInput) && untouchedBytes(recalled, touched) <= options.untouchedBytes
  const unread = isWhole ? recalled.unread : recalled.unread.filter((i) => touched[i] === 1)
  const algorithms = sha256 ? ['blake3', 'sha256'] : ['blake3']
  const digested = await digestMembers(group.found.root, { ...recalled, unread }, room, { ...options, algorithms })
  const failed = new Map(digested.failed)
  if (!isWhole) for (const i of recalled.unread) if (touched[i] === 0) failed.set(i, 'not-hashed')
  remember(group, { ...digested, failed }, room)
  return { now, then, digested: { ...digested, failed }, isWhole }
}

const changed = ({ writes, deletes, links }: Group): boolean => writes.length + deletes.length + links.length > 0

/** Without what the job made, with what it removed. */
function pathsBefore(group: Group, paths: readonly BytePath[]): readonly BytePath[] {
  const fresh = [...group.writes.filter(isMade), ...group.links.filter((link) => !link.replaced)]
  const made = new Set(fresh.map((file) => inside(group, file.path)))
  const gone = group.deletes.map((path) => inside(group, path)).sort()
  return union(
    paths.filter((path) => !made.has(path)),
    gone,
  )
}

function onDisk(wanted: readonly BytePath[], paths: readonly BytePath[]): readonly BytePath[] {
  return wanted.filter((path) => placeOf(paths, path) >= 0)
}

/** By place: 1 for what the job read or wrote. */
function touchedOf(group: Group, paths: readonly BytePath[]): Uint8Array {
  const flags = new Uint8Array(paths.length)
  for (const files of [group.reads, group.writes, group.links])
    for (const place of placesOf(group, paths, files)) if (place >= 0) flags[place] = 1
  return flags
}

function untouchedBytes({ list, unread }: Undigested, touched: Uint8Array): number {
  return unread.reduce((sum, i) => (touched[i] === 1 ? sum : sum + (list.sizes[i] as number)), 0)
}

function remember(group: Group, { list, stamps, failed }: DigestedMembers, { port }: FormRoom): void {
  const known = new Uint8Array(list.paths.length).fill(1)
  for (const place of failed.keys()) known[place] = 0
  port.remember(group.name, { paths: list.paths, stamps, known, digests: list.digests })
}

function after(group: Group, listing: Listing, state: CurrentState, room: FormRoom): FormedComposite | null {
  if (!changed(group)) return null
  const { members, incomplete } = state.now
  const written = placesOf(group, members, group.writes)
  const linked = placesOf(group, members, group.links).filter((place) => place >= 0)
  const files = group.writes.filter((_, i) => (written[i] as number) >= 0)
  const lost = group.deletes.some((path) => placeOf(state.then.members, inside(group, path)) >= 0)
  if (members.length === 0 || (files.length === 0 && linked.length === 0 && !lost)) return null
  const all = state.digested.list
  const places = joinPlaces(members, all.paths)
  const list = places.length === all.paths.length ? all : selected(all, [...places])
  const reason = listing.isClosed ? 'unreadable' : firstFailure(places, state.digested.failed)
  const touched = [...new Set([...written.filter((place) => place >= 0), ...linked])].sort((a, b) => a - b)
  return {
    ...formed(group, files, list, reason, room, state.now),
    access: files.length === 0 ? ['written'] : accessOf(files),
    use: use(list, incomplete, reason, touched, room),
  }
}

function firstFailure(places: Iterable<number>, failed: ReadonlyMap<number, NoDigestReason>): NoDigestReason | null {
  if (failed.size === 0) return null
  for (const place of places) {
    const reason = failed.get(place)
    if (reason) return reason
  }
  return null
}

function notesOf(group: Group, elsewhere: readonly string[]): readonly string[] {
  if (elsewhere.length === 0) return []
  return [`${group.name} refers to data that lies elsewhere: ${elsewhere.slice(0, 5).join(', ')}`]
}
