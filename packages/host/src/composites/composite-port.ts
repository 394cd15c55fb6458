/** What composites are formed with, on Node: BLAKE3 and SHA-256 from the plugins, listings, and a memory of members. */
import { readlinkSync, statfsSync } from 'node:fs'
import { type BytePath, type CompositePort, type HashAlgorithm, toFsPath } from '@roar/core'
import { FormerFiles } from './former-file.ts'
import { recallMembers, rememberMembers } from './remembered-members.ts'
import { walkTree } from './walk.ts'

export interface CompositePortOptions {
  algorithm(name: string): Promise<HashAlgorithm>
  /** Null: nothing is remembered. */
  readonly cache: string | null
}

/** Null where no BLAKE3 is active: a composite has no identity then. */
export async function createCompositePort({ algorithm, cache }: CompositePortOptions): Promise<CompositePort | null> {
  const [blake3, sha256] = await Promise.all([
    algorithm('blake3').catch(() => null),
    algorithm('sha256').catch(() => null),
  ])
  if (!blake3) return null
  const begun = Date.now()
  const formers = cache === null ? null : new FormerFiles(cache, begun)
  const { files } = blake3
  return {
    former: (name, key) => (formers && movesTimes(name) ? formers.read(name, key) : null),
    keepFormer: (name, former, changed, looks) => {
      if (formers && movesTimes(name)) formers.keep(name, former, changed, looks)
    },
    ...(files?.revisitTree && { revisit: files.revisitTree }),
    ...(files?.flatDigest && { flatDigest: files.flatDigest }),
    hashEach: (data, ends) => blake3.hashEach?.(data, ends) ?? oneByOne(blake3, data, ends),
    hasher: (name) => (name === 'sha256' && sha256 ? sha256 : blake3).create(),
    scan: async (root) =>
      isReadable(root) ? ((await blake3.files?.scanTree?.(root)) ?? walkTree(root, { deep: true })) : null,
    scanDirect: async (root) => walkTree(root, { deep: false }),
    linkTarget,
    remembered: (name) => (cache && movesTimes(name) ? (formers?.members(name) ?? recallMembers(cache, name)) : null),
    remember: (name, members) => {
      if (cache && movesTimes(name)) rememberMembers(cache, name, members, begun)
    },
  }
}

function oneByOne({ create, digestLength }: HashAlgorithm, data: Uint8Array, ends: Uint32Array): Uint8Array {
  const digests = new Uint8Array(ends.length * digestLength)
  let start = 0
  ends.forEach((end, i) => {
    const hasher = create()
    hasher.update(data.subarray(start, end))
    digests.set(hasher.digest(), i * digestLength)
    start = end
  })
  return digests
}

function linkTarget(path: BytePath): Uint8Array | null {
  try {
    return readlinkSync(toFsPath(path), 'buffer')
  } catch {
    return null
  }
}

function isReadable(root: BytePath): boolean {
  try {
    return statfsSync(toFsPath(root)) !== null
  } catch {
    return false
  }
}

/** Memory file systems never move times for stores through a mapping; see hashing/cached-digests.ts. */
const neverTimed = new Set([0x01021994, 0x858458f6, 0x958458f6])

/** A name may hold a `*`: then its directory is asked. */
function movesTimes(name: BytePath): boolean {
  const place = name.includes('*') ? name.slice(0, name.lastIndexOf('/')) : name
  try {
    return !neverTimed.has(statfsSync(toFsPath(place as BytePath)).type)
  } catch {
    return false
  }
}
