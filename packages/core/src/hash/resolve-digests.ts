/** Gives every edge its digests, or the reason why it has none. */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile } from '../classify/classify.ts'
import type { FileStamp } from '../contracts.ts'
import type { Digests, NoDigestReason } from '../model.ts'
import type { HashedFile, HashOptions, HashService } from '../ports.ts'
import { type DigestLedger, sameVersion } from './digest-ledger.ts'

export interface Resolved {
  readonly digests: Digests
  readonly size: number | null
  readonly reason: NoDigestReason | null
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
): Promise<{ readonly inputs: readonly Resolved[]; readonly outputs: readonly Resolved[] }> {
  const known = inputs.map((file) => (file.stamp ? ledger.of(file.stamp) : null))
  const wanted = new Set<BytePath>()
  inputs.forEach((file, i) => {
    if (!known[i] && !file.destroyed && options.hashInputs && file.location) wanted.add(file.location)
  })
  for (const file of outputs) wanted.add(file.path)
  const found = await hashAll([...wanted], hashes, options)
  return {
    inputs: inputs.map((file, i) => resolveInput(file, known[i] ?? null, found, options.hashInputs, ledger)),
    outputs: outputs.map((file) => resolveOutput(found.get(file.path))),
  }
}

async function hashAll(
  paths: readonly BytePath[],
  hashes: HashService,
  options: ResolveOptions,
): Promise<Map<BytePath, HashedFile>> {
  if (paths.length === 0) return new Map()
  const done = await hashes.hash(paths, options)
  return new Map(done.map((file) => [file.path, file]))
}

function resolveInput(
  file: ClassifiedFile,
  known: Digests | null,
  found: ReadonlyMap<BytePath, HashedFile>,
  wanted: boolean,
  ledger: DigestLedger,
): Resolved {
  const size = file.stamp ? Number(file.stamp.size) : null
  if (known) return { digests: known, size, reason: null }
  if (file.destroyed) return { digests: {}, size, reason: whyDestroyed(file, ledger) }
  if (!wanted) return { digests: {}, size, reason: 'not-hashed' }
  const hashed = file.location ? found.get(file.location) : undefined
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
  if (!hashed?.digests)
    return {
      digests: {},
      size: hashed?.stamp ? Number(hashed.stamp.size) : null,
      reason: reasonOf(hashed?.error ?? null),
    }
  return { digests: hashed.digests, size: hashed.stamp ? Number(hashed.stamp.size) : null, reason: null }
}

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
