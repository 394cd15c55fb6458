/** A directory as the recorder would identify it: its members, their digests, and the identity that follows from them. */
import {
  type ArtifactDetector,
  type BytePath,
  type Classifier,
  type CompositeFound,
  type CompositePort,
  type CompositeTree,
  type DigestedMembers,
  type Digests,
  describe,
  digestMembers,
  type HashProgress,
  type HashService,
  identify,
  identifyPacked,
  keeper,
  keepFormer,
  keepRefreshed,
  type Listing,
  listComposite,
  type Manifest,
  type Member,
  type MemberList,
  memberAt,
  memberRules,
  type NoDigestReason,
  type PackedMembers,
  type Proof,
  placeOf,
  proveMember,
  recallMembers,
  refresh,
  totalSize,
} from '@roar/core'
import type { Services } from '../composition/services.ts'
import { HashProgressLine } from '../run/hash-progress.ts'

export interface HashedComposite {
  readonly found: CompositeFound
  readonly members: number
  readonly size: number
  /** Null where a member could not be read: `failure` says why. */
  readonly digests: Digests | null
  readonly manifest: Manifest | null
  /** Of a member by its path below the root; null for what is none. */
  readonly prove: (path: BytePath) => Proof | null
  /** In the order of their paths. */
  readonly each: () => Iterable<Member>
  readonly failure: { readonly path: BytePath; readonly reason: NoDigestReason } | null
  readonly incomplete: string | null
}

export interface HashCompositeOptions {
  readonly sha256?: boolean
  /** What it is hashed with; default: what the command has, which remembers. */
  readonly room?: { readonly port: CompositePort | null; readonly hashes: HashService }
}

/** Null where there is no directory that can be read. */
export async function hashComposite(
  services: Services,
  found: CompositeFound,
  classifier: Classifier,
  { sha256 = false, room }: HashCompositeOptions = {},
): Promise<HashedComposite | null> {
  const used = room ?? { port: await services.get('composites'), hashes: await services.get('hashes') }
  return hashCompositeWith(used, found, classifier, sha256)
}

export async function hashCompositeWith(
  { port, hashes }: NonNullable<HashCompositeOptions['room']>,
  found: CompositeFound,
  classifier: Classifier,
  sha256 = false,
): Promise<HashedComposite | null> {
  if (port === null) return null
  const rules = memberRules(classifier)
  const line = new HashProgressLine()
  const options = {
    algorithms: sha256 ? ['blake3', 'sha256'] : ['blake3'],
    onProgress: (progress: HashProgress) => line.update(progress),
  }
  const refreshed = await refresh(found, rules, { port, hashes }, options)
  if (rules && refreshed) {
    line.clear()
    keepRefreshed(found, refreshed, port, rules)
    return fromRefreshed(found, refreshed.members, port)
  }
  const listing = await listComposite(found, { port, keeps: keeper(classifier) })
  if (!listing) return null
  const described = describeListed(found, listing, classifier)
  const name = found.name ?? found.root
  const recalled = recallMembers(listing, described.members, port.remembered(name), sha256)
  const digested = await digestMembers(found.root, recalled, { port, hashes }, options)
  line.clear()
  remember(name, digested, port)
  const { list } = digested
  const failure = firstFailure(digested)
  const identity = failure === null && !listing.isClosed ? identify(list, port, described.carriesData) : null
  if (identity && rules) keepFormer(found, listing, described, list, port, rules)
  return {
    ...{ found, members: list.paths.length, size: totalSize(list), failure, incomplete: described.incomplete },
    ...{ digests: identity?.digests ?? null, manifest: identity?.manifest ?? null },
    prove: (path) => (identity === null ? null : proofOf(path, list, identity.tree, port)),
    each: () => membersIn(list),
  }
}

function describeListed(found: CompositeFound, listing: Listing, classifier: Classifier) {
  const detector = found.format === everything.name ? everything : detectorOf(found, classifier)
  const paths = listing.eligible.map((place) => listing.scan.paths[place] as BytePath)
  return describe(found, detector, paths, classifier.probe)
}

function remember(name: BytePath, { list, stamps, failed }: DigestedMembers, port: CompositePort): void {
  const known = new Uint8Array(list.paths.length).fill(1)
  for (const place of failed.keys()) known[place] = 0
  port.remember(name, { paths: list.paths, stamps, known, digests: list.digests })
}

function firstFailure({ list, failed }: DigestedMembers): HashedComposite['failure'] {
  const [first] = failed
  return first ? { path: list.paths[first[0]] as BytePath, reason: first[1] } : null
}

function proofOf(path: BytePath, list: MemberList, tree: CompositeTree | null, port: CompositePort): Proof | null {
  const place = placeOf(list.paths, path)
  return place < 0 || !tree ? null : proveMember(list, tree, place, (data, ends) => port.hashEach(data, ends))
}

function fromRefreshed(found: CompositeFound, members: PackedMembers, port: CompositePort): HashedComposite {
  return {
    found,
    members: members.count,
    size: members.totalSize(),
    ...identifyPacked(members, port),
    prove: (path) => members.prove(path, (data, ends) => port.hashEach(data, ends)),
    each: () => membersIn(members.all()),
    failure: null,
    incomplete: members.former.incomplete,
  }
}

function* membersIn(list: MemberList): Generator<Member> {
  for (let place = 0; place < list.paths.length; place++) yield memberAt(list, place)
}

/** A detector of the user's goes by the name of its format; all formats of roar's own belong to one. */
function detectorOf({ format }: CompositeFound, { declared = [], detectors }: Classifier): ArtifactDetector {
  const forming = detectors.filter((one) => one.describe !== undefined)
  return [...declared, ...forming].find((one) => one.name === format) ?? forming.at(-1) ?? everything
}

const everything: ArtifactDetector = { name: 'directory', detect: () => null }
