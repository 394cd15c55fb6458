/** The states that a job read and left of a composite that was refreshed. The same rules as in `form.ts` and `before.ts`, over packed members. */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile } from '../classify/classified.ts'
import type { CompositeUse, NoDigestReason } from '../model.ts'
import { compositeUse } from './composite-use.ts'
import { accessOf, type FormedComposite, type FormOptions, type FormRoom, inside, isMade } from './formed.ts'
import type { Group } from './gather.ts'
import type { EntryChange, PackedMembers } from './packed-members.ts'
import { identifyPacked, keepRefreshed, type Refreshed, refresh } from './refresh.ts'

export interface FormedStates {
  readonly input: FormedComposite | null
  readonly output: FormedComposite | null
  readonly elsewhere: readonly string[]
}

type ByEntry = ReadonlyMap<number, ClassifiedFile>

/** Null: it has to be formed from the start. */
export async function formRefreshed(group: Group, room: FormRoom, options: FormOptions): Promise<FormedStates | null> {
  const { found, reads, writes, deletes, links } = group
  // What it was before names came or went is not known here.
  if (!options.hashInputs || deletes.length + links.length > 0 || (reads.length > 0 && writes.some(isMade))) return null
  const algorithms = options.algorithms.includes('sha256') ? ['blake3', 'sha256'] : ['blake3']
  const done = await refresh(found, room.rules, room, { ...options, algorithms }, (unread, members) => {
    const touched = new Set([...entriesOf(group, reads, members).keys(), ...entriesOf(group, writes, members).keys()])
    const size = unread.reduce((sum, entry) => (touched.has(entry) ? sum : sum + members.size(entry)), 0)
    return size <= options.untouchedBytes
  })
  if (!done || !room.rules) return null
  const states = statesOf(group, done, room)
  if (states) keepRefreshed(found, done, room.port, room.rules)
  return states
}

function statesOf(group: Group, { members }: Refreshed, room: FormRoom): FormedStates | null {
  const written = entriesOf(group, group.writes, members)
  const read = entriesOf(group, group.reads, members)
  const output = written.size === 0 ? null : stateOf(group, members, written, null, room)
  const input = read.size === 0 ? null : before(group, members, read, written, room)
  return { input, output, elsewhere: members.former.elsewhere }
}

/** Of those files that are members. */
function entriesOf(group: Group, files: readonly ClassifiedFile[], members: PackedMembers): ByEntry {
  const entries = new Map<number, ClassifiedFile>()
  for (const file of files) {
    const entry = members.find(inside(group, file.path))
    if (entry >= 0 && members.isMember(entry)) entries.set(entry, file)
  }
  return entries
}

/** What was overwritten has no digest unless the job's own reading of it has. */
function before(group: Group, members: PackedMembers, read: ByEntry, written: ByEntry, room: FormRoom) {
  const unknown = new Map<number, NoDigestReason>(
    [...written.keys()].map((entry) => [entry, 'overwritten-before-hash']),
  )
  const patches = new Map<number, EntryChange>()
  const { sha256 } = members.former
  for (const [entry, { stamp, destroyed }] of read) {
    if (!stamp || members.isStamp(entry, stamp)) {
      unknown.delete(entry)
      continue
    }
    const known = room.ledger.of(stamp)
    if (known?.blake3 && (!sha256 || known.sha256)) {
      unknown.delete(entry)
      patches.set(entry, {
        size: Number(stamp.size),
        digest: Buffer.from(known.blake3, 'hex'),
        sha256: sha256 && Buffer.from(known.sha256 as string, 'hex'),
      })
    } else unknown.set(entry, destroyed ? 'overwritten-before-hash' : 'changed-after-read')
  }
  const [reason = null] = unknown.values()
  const isPartKnown = [...read.keys()].every((entry) => !unknown.has(entry))
  return stateOf(group, patches.size === 0 ? members : patched(members, patches, room), read, reason, room, isPartKnown)
}

function patched(members: PackedMembers, patches: ReadonlyMap<number, EntryChange>, { port }: FormRoom): PackedMembers {
  const then = members.copy()
  for (const [entry, change] of patches) then.set(entry, change)
  then.reroot(patches.keys(), (data, ends) => port.hashEach(data, ends))
  return then
}

function stateOf(
  group: Group,
  members: PackedMembers,
  touched: ByEntry,
  reason: NoDigestReason | null,
  room: FormRoom,
  isPartKnown = true,
): FormedComposite {
  const files = [...touched.values()]
  return {
    name: group.name as BytePath,
    format: group.found.format,
    members: members.count,
    size: members.totalSize(),
    digests: reason === null ? identifyPacked(members, room.port).digests : {},
    reason,
    access: accessOf(files),
    processes: [...new Set(files.flatMap((file) => file.processes))],
    files,
    use: useOf(members, [...touched.keys()], reason, room, isPartKnown),
  }
}

function useOf(
  members: PackedMembers,
  touched: readonly number[],
  reason: NoDigestReason | null,
  { port }: FormRoom,
  isPartKnown: boolean,
): CompositeUse {
  const part = touched.length === members.count ? null : members.list([...touched].sort((a, b) => a - b))
  const manifest = reason === null ? identifyPacked(members, port).manifest : null
  return compositeUse({ incomplete: members.former.incomplete, part, isPartKnown, manifest }, port)
}
