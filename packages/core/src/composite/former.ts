/** What is kept of a composite that was formed, for its next forming. */
import type { BytePath } from '../byte-path.ts'
import type { Classifier } from '../classify/classified.ts'
import type { CompositeFound, Look, Probe } from '../contracts.ts'
import { type CompositePort, type FormerComposite, formerFlags } from '../ports.ts'
import { identify } from './identify.ts'
import type { Described, Listing } from './listing.ts'
import { digestBytes, type MemberList } from './member-list.ts'
import { joinPlaces } from './sorted-paths.ts'

/** What decides on members, beside the disk. */
export interface MemberRules {
  /** The same settings and plugins have the same. */
  readonly key: string
  looks(): Iterable<Look>
}

/** `probe`: a further one that was asked. */
export function memberRules({ key, probe }: Classifier, ...others: readonly Probe[]): MemberRules | null {
  const probes = [...new Set([probe, ...others])]
  if (key === undefined || probes.some((one) => !one.looks)) return null
  return { key, looks: () => probes.flatMap((one) => [...(one.looks?.() ?? [])]) }
}

export const formerKey = ({ root, format, name = root, complete }: CompositeFound, { key }: MemberRules): string =>
  JSON.stringify([key, root, name, format, complete])

/** `list`: all members, each with its digest. Nothing is kept of a tree that the scan did not give as a whole, or of a set of files in a directory. */
export function keepFormer(
  found: CompositeFound,
  listing: Listing,
  described: Described,
  list: MemberList,
  port: CompositePort,
  rules: MemberRules,
): void {
  const { packed } = listing.scan
  if (!packed || !port.keepFormer || found.name !== undefined || listing.isClosed) return
  const { tree } = identify(list, port, described.carriesData)
  const places = joinPlaces(list.paths, listing.scan.paths)
  if (places.includes(-1)) return
  const former: FormerComposite = {
    key: formerKey(found, rules),
    scan: { ...packed, records: packed.records.slice() },
    flags: flagsOf(listing.scan.kinds.length, list.paths, places, described),
    digests: spread(list.digests, places, listing.scan.kinds.length),
    sha256: list.sha256 && spread(list.sha256, places, listing.scan.kinds.length),
    pageEnds: Uint32Array.from(tree.pages, ({ to }) => to),
    pageRoots: Buffer.concat(tree.pages.map(({ root }) => root)),
    incomplete: described.incomplete,
    elsewhere: described.elsewhere ?? [],
  }
  port.keepFormer(found.root, former, null, rules.looks())
}

function flagsOf(count: number, paths: readonly BytePath[], places: Int32Array, { carriesData }: Described) {
  const flags = new Uint8Array(count)
  const { member, known, carriesData: carries } = formerFlags
  places.forEach((place, i) => {
    flags[place] = member | known | (carriesData && !carriesData(paths[i] as BytePath) ? 0 : carries)
  })
  return flags
}

function spread(digests: Uint8Array, places: Int32Array, count: number): Uint8Array {
  const all = new Uint8Array(count * digestBytes)
  places.forEach((place, i) => {
    all.set(digests.subarray(i * digestBytes, (i + 1) * digestBytes), place * digestBytes)
  })
  return all
}
