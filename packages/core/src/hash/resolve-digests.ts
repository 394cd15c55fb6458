/** Gives every edge its digests, or the reason why it has none. */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile } from '../classify/classified.ts'
import type { FileStamp } from '../contracts.ts'
import type { Digests, NoDigestReason } from '../model.ts'
import type { HashedFile, HashOptions, HashService } from '../ports.ts'
import { type DigestLedger, sameVersion } from './digest-ledger.ts'

export interface Resolved {
  readonly digests: Digests
  readonly size: number | null
  readonly reason: NoDigestReason | null
}

/** Of a job's files, in their order. */
export interface ResolvedJob {
  readonly inputs: readonly Resolved[]
  readonly outputs: readonly Resolved[]
}

export interface ResolveOptions extends HashOptions {
  readonly hashInputs: boolean
}

/** In the order of `inputs`, then `outputs`. */
export async function resolveDigests(
  inputs: readonly ClassifiedFile[],
  outputs: readonly ClassifiedFile[],
  ledger: DigestLedger,
  hashes: HashService,
  options: ResolveOptions,
): Promise<ResolvedJob> {
  const known = inputs.map((file) => (file.stamp ? ledger.of(file.stamp) : null))
  const isWanted = (file: ClassifiedFile, i: number): boolean => !known[i] && !file.destroyed && options.hashInputs
  const { paths, placeOf } = asked(inputs.filter(isWanted), outputs)
  const done = paths.length === 0 ? [] : await hashes.hash(paths, options)
  const at = (path: BytePath | null): HashedFile | undefined => done[placeOf.get(path as BytePath) ?? -1]
  return {
    inputs: inputs.map((file, i) =>
      resolveInput(file, known[i] ?? null, at(file.location), options.hashInputs, ledger),
    ),
    outputs: outputs.map((_, i) => resolveOutput(done[i])),
  }
}

/** Each path once, those of the outputs in front; and where those of the inputs are. */
function asked(
  inputs: readonly ClassifiedFile[],
  outputs: readonly ClassifiedFile[],
): { readonly paths: readonly BytePath[]; readonly placeOf: ReadonlyMap<BytePath, number> } {
  const paths = outputs.map((file) => file.path)
  const placeOf = new Map<BytePath, number>()
  for (const { location } of inputs) if (location) placeOf.set(location, -1)
  if (placeOf.size > 0) for (const [i, path] of paths.entries()) if (placeOf.has(path)) placeOf.set(path, i)
  for (const [path, place] of placeOf) if (place < 0) placeOf.set(path, paths.push(path) - 1)
  return { paths, placeOf }
}

function resolveInput(
  file: ClassifiedFile,
  known: Digests | null,
  hashed: HashedFile | undefined,
  wanted: boolean,
  ledger: DigestLedger,
): Resolved {
  const size = file.stamp ? Number(file.stamp.size) : null
  if (known) return { digests: known, size, reason: null }
  if (file.destroyed) return { digests: {}, size, reason: whyDestroyed(file, ledger) }
  if (!wanted) return { digests: {}, size, reason: 'not-hashed' }
  return hashed ? readVersion(file.stamp, hashed, size) : { digests: {}, size, reason: 'vanished' }
}

function whyDestroyed(file: ClassifiedFile, ledger: DigestLedger): NoDigestReason {
  return ledger.whyGivenUp(file.stamp) ?? (file.location ? 'overwritten-before-hash' : 'vanished')
}

/** The digest counts only if the bytes are still the version that was read. */
function readVersion(read: FileStamp | null, hashed: HashedFile, size: number | null): Resolved {
  if (!hashed.digests || !hashed.stamp) return { digests: {}, size, reason: reasonOf(hashed.error) }
  if (read && !sameVersion(read, hashed.stamp)) return { digests: {}, size, reason: 'changed-after-read' }
  return { digests: hashed.digests, size: Number(hashed.stamp.size), reason: null }
}

function resolveOutput(hashed: HashedFile | undefined): Resolved {
  const size = hashed ? sizeOf(hashed) : null
  if (!hashed?.digests) return { digests: {}, size, reason: reasonOf(hashed?.error ?? null) }
  return { digests: hashed.digests, size, reason: null }
}

const sizeOf = ({ size, stamp }: HashedFile): number | null => size ?? (stamp ? Number(stamp.size) : null)

export function reasonOf(error: string | null): NoDigestReason {
  switch (error) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'vanished'
    case 'UNSTABLE':
      return 'unstable'
    case 'NOT_REGULAR':
    case 'EISDIR':
      return 'not-regular'
    case 'ABORTED':
      return 'not-hashed'
    default:
      return 'unreadable'
  }
}
