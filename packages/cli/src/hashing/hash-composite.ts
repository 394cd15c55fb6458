/** A directory as the recorder would identify it: the composite that lies there, or, where no format knows it, all of its files. */
import {
  type ArtifactDetector,
  type BytePath,
  type Classifier,
  type CompositeFound,
  type CompositePort,
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
import { canonicalBytes } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { HashProgressLine } from '../run/hash-progress.ts'
import { loadClassifier } from '../run/load-classifier.ts'

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
  const rules = memberRules(classifier)
  const line = new HashProgressLine()
  const options = {
    algorithms: sha256 ? ['blake3', 'sha256'] : ['blake3'],
    onProgress: (progress: HashProgress) => line.update(progress),
  }
  const refreshed = port && (await refresh(found, rules, { port, hashes }, options))
  if (port && rules && refreshed) {
    line.clear()
    keepRefreshed(found, refreshed, port, rules)
    return fromRefreshed(found, refreshed.members, port)
  }
  const listing = port && (await listComposite(found, { port, keeps: keeper(classifier) }))
  if (!port || !listing) return null
  const { probe } = classifier
  const detector = found.format === everything.name ? everything : detectorOf(found, classifier)
  const paths = listing.eligible.map((place) => listing.scan.paths[place] as BytePath)
  const described = describe(found, detector, paths, probe)
  const { members, incomplete, carriesData } = described
  const name = found.name ?? found.root
  const recalled = recallMembers(listing, members, port.remembered(name), sha256)
  const { list, stamps, failed } = await digestMembers(found.root, recalled, { port, hashes }, options)
  line.clear()
  const known = new Uint8Array(list.paths.length).fill(1)
  for (const place of failed.keys()) known[place] = 0
  port.remember(name, { paths: list.paths, stamps, known, digests: list.digests })
  const [first] = failed
  const failure = first ? { path: list.paths[first[0]] as BytePath, reason: first[1] } : null
  const identity = failure === null && !listing.isClosed ? identify(list, port, carriesData) : null
  if (identity && rules) keepFormer(found, listing, described, list, port, rules)
  const prove = (path: BytePath): Proof | null => {
    const place = placeOf(list.paths, path)
    const { tree } = identity ?? {}
    return place < 0 || !tree ? null : proveMember(list, tree, place, (data, ends) => port.hashEach(data, ends))
  }
  const digests = identity?.digests ?? null
  const each = () => membersIn(list)
  const manifest = identity?.manifest ?? null
  const size = totalSize(list)
  return { found, members: list.paths.length, size, digests, manifest, prove, each, failure, incomplete }
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

export interface NamedComposite {
  readonly found: CompositeFound
  readonly classifier: Classifier
}

/** With the detectors that runs load only once they need them. */
type LoadedClassifier = Awaited<ReturnType<typeof loadClassifier>>

async function formingClassifier(services: Services): Promise<Classifier> {
  return withForming(await loadClassifier(services, await services.get('files')))
}

export async function withForming({ forming, ...classifier }: LoadedClassifier): Promise<Classifier> {
  return { ...classifier, detectors: [...classifier.detectors, ...((await forming?.()) ?? [])] }
}

/** What a file on disk is a member of; null when it is none. */
export async function compositeOf(services: Services, path: BytePath): Promise<NamedComposite | null> {
  const classifier = await formingClassifier(services)
  const found = membership(path, classifier)
  return found && { found, classifier }
}

/** A directory, or a set of files by its name. A directory that no format knows is all of its files. */
export async function compositeNamed(services: Services, name: BytePath): Promise<NamedComposite | null> {
  return compositeAmong(await formingClassifier(services), name)
}

export function compositeAmong(classifier: Classifier, name: BytePath): NamedComposite | null {
  const path = canonicalBytes(name)
  const set = setNamed(classifier, path)
  if (set || path.includes('*')) return set && { found: set, classifier }
  const inside = membership(`${path}/member` as BytePath, classifier)
  if (inside?.root === path && inside.name === undefined) return { found: inside, classifier }
  return { found: { is: 'composite', root: path, format: 'directory', complete: true }, classifier }
}

/** Its name has a star, or is that of the member which lists the others. */
function setNamed(classifier: Classifier, path: BytePath): CompositeFound | null {
  const directory = path.slice(0, path.lastIndexOf('/'))
  const files = path.includes('*')
    ? classifier.probe.list(directory as BytePath).map((one) => `${directory}/${one}`)
    : [path]
  for (const file of files) {
    const found = membership(file as BytePath, classifier)
    if (found?.name === path) return found
  }
  return null
}

function membership(path: BytePath, { declared = [], detectors, probe }: Classifier): CompositeFound | null {
  const candidate = { path, role: 'output', size: null } as const
  for (const detector of [...declared, ...detectors]) {
    const answer = detector.describe ? detector.detect(candidate, probe) : null
    if (answer?.is === 'composite') return answer
  }
  return null
}
