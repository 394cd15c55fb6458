/** A composite as a job found it or left it, and what it is made from: what all ways of forming one share. */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile } from '../classify/classified.ts'
import type { Probe } from '../contracts.ts'
import type { DigestLedger } from '../hash/digest-ledger.ts'
import type { AccessKind, CompositeUse, Digests, NoDigestReason } from '../model.ts'
import type { HashOptions } from '../ports.ts'
import type { ArtifactUse } from '../store.ts'
import { compositeUse } from './composite-use.ts'
import type { DigestedMembers, DigestRoom } from './digest-members.ts'
import type { MemberRules } from './former.ts'
import type { Group } from './gather.ts'
import { identify } from './identify.ts'
import type { Described, ListingRoom } from './listing.ts'
import { placeOf, selected, totalSize } from './member-list.ts'

export interface FormedComposite {
  readonly name: BytePath
  readonly format: string
  readonly members: number
  readonly size: number | null
  readonly digests: Digests
  readonly reason: NoDigestReason | null
  readonly access: readonly AccessKind[]
  readonly processes: readonly number[]
  readonly use: CompositeUse
  /** The files by which the job used it. */
  readonly files: readonly ClassifiedFile[]
}

export interface FormRoom extends ListingRoom, DigestRoom {
  readonly probe: Probe
  readonly ledger: DigestLedger
  /** Null: nothing is known of what decides on members, and nothing is kept of them. */
  readonly rules: MemberRules | null
  readonly usesAt: UsesAt
}

/** What earlier jobs did at a path. */
export type UsesAt = (path: BytePath) => Promise<readonly ArtifactUse[]>

export interface FormOptions extends HashOptions {
  readonly hashInputs: boolean
  /** Members that the job did not touch are read for the composite's identity if they have no more bytes than this together. */
  readonly untouchedBytes: number
}

/** What the disk says when the job is over; `digested` covers the members of now and, where the job changed it, those of before. */
export interface CurrentState {
  readonly now: Described
  readonly then: Described
  readonly digested: DigestedMembers
  /** False when members that nobody touched were too much to be read. */
  readonly isWhole: boolean
}

/** It was not there before the job, under this name, nor was another. */
export const isMade = ({ access, replaced }: ClassifiedFile): boolean =>
  !replaced && (access.includes('created') || access.includes('renamed') || access.includes('linked'))

export const inside = ({ found }: Pick<Group, 'found'>, path: BytePath): BytePath =>
  path.slice(found.root.length + 1) as BytePath

/** In the order of the files; -1 for one that is not there. */
export function placesOf(
  group: Group,
  paths: readonly BytePath[],
  files: readonly Pick<ClassifiedFile, 'path'>[],
): readonly number[] {
  return files.map((file) => placeOf(paths, inside(group, file.path)))
}

export function formed(
  group: Group,
  files: readonly ClassifiedFile[],
  list: DigestedMembers['list'],
  reason: NoDigestReason | null,
  { port }: FormRoom,
  { carriesData }: Described,
): Omit<FormedComposite, 'use'> {
  return {
    name: group.name,
    format: group.found.format,
    members: list.paths.length,
    size: totalSize(list),
    digests: reason === null ? identify(list, port, carriesData).digests : {},
    reason,
    access: accessOf(files),
    processes: [...new Set(files.flatMap((file) => file.processes))],
    files,
  }
}

/** `touched`: places in the list, in order. */
export function use(
  list: DigestedMembers['list'],
  incomplete: string | null,
  reason: NoDigestReason | null,
  touched: readonly number[],
  { port }: FormRoom,
  isPartKnown = true,
): CompositeUse {
  const part = touched.length === list.paths.length ? null : selected(list, touched)
  const manifest = reason === null ? identify(list, port).manifest : null
  return compositeUse({ incomplete, part, isPartKnown, manifest }, port)
}

export function accessOf(files: readonly ClassifiedFile[]): readonly AccessKind[] {
  const kinds = new Set<AccessKind>()
  for (const { access } of files) for (const kind of access) kinds.add(kind)
  return [...kinds]
}
