/** Lance: what the newest manifest refers to. */
import type { BytePath } from '@roar/core'
import type { Directory } from '../../directory.ts'
import { type Format, filesMissing, type Said } from '../../format.ts'
import { type Field, fields, numberIn, subfields, textIn } from '../../protobuf.ts'

const largest = 256 << 20
/** Says which manifest is the newest, for readers that would rather not list them. Lance 1 and later. */
const hint = '_versions/latest_version_hint.json'

export const lance: Format = {
  name: 'lance',
  about: {
    title: 'Lance',
    recognised: '`_versions/` with a manifest that a number names',
    members:
      'the newest manifest, the hint at it, and what it refers to: data, deletions, indices, its transaction. Older versions are no members, nor are tags and branches',
    whole: 'every data file of the newest manifest is there',
  },
  isRoot: (at) => at.has('_versions') && at.list('_versions').some((name) => /^\d+\.manifest$/.test(name)),
  members: live,
}

/** By version; newer tables count down from 2^64 - 1 in 20 digits, so that the newest sorts first. */
function versionOf(path: BytePath): bigint {
  const digits = /(\d+)\.manifest$/.exec(path)?.[1] ?? '0'
  return digits.length === 20 ? 2n ** 64n - 1n - BigInt(digits) : BigInt(digits)
}

function live(paths: readonly BytePath[], at: Directory): Said {
  const manifests = paths.filter((path) => /^_versions\/\d+\.manifest$/.test(path))
  const newest = manifests.reduce<BytePath | null>(
    (best, path) => (best === null || versionOf(path) > versionOf(best) ? path : best),
    null,
  )
  if (newest === null) return { members: null, incomplete: 'there is no manifest' }
  const references = readManifest(at.bytes(newest, largest))
  if (references === null) return { members: null, incomplete: null }
  const { data, others, folders, elsewhere } = references
  const there = new Set<string>(paths)
  const lost = data.filter((path) => !there.has(path))
  const alive = new Set<string>([newest, hint, ...data, ...others])
  const isAlive = (path: BytePath): boolean => alive.has(path) || folders.some((folder) => path.startsWith(folder))
  return {
    members: paths.filter(isAlive),
    incomplete: lost.length > 0 ? filesMissing(lost.length, 'newest version') : null,
    ...(elsewhere.length > 0 && { elsewhere }),
  }
}

interface References {
  readonly data: readonly string[]
  readonly others: readonly string[]
  readonly folders: readonly string[]
  readonly elsewhere: readonly string[]
}

/** The file ends in the message's position (u64), two versions (u16) and `LANC`; there: its length (u32), then protobuf. */
function readManifest(bytes: Uint8Array | null): References | null {
  if (bytes === null || bytes.length < 16) return null
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.toString('latin1', file.length - 4) !== 'LANC') return null
  try {
    const manifest = messageAt(file, Number(file.readBigUInt64LE(file.length - 16)))
    const index = numberIn(manifest, field.indexSection)
    const folders = index === null ? [] : indexFolders(messageAt(file, Number(index)))
    return { ...fragmentFiles(manifest), folders, elsewhere: basePaths(manifest) }
  } catch {
    return null
  }
}

const messageAt = (file: Buffer, at: number): readonly Field[] =>
  fields(file.subarray(at + 4, at + 4 + file.readUInt32LE(at)))

/** Numbers of lance's table.proto. */
const field = {
  fragments: 2,
  indexSection: 6,
  transaction: 12,
  basePaths: 18,
  fragment: { id: 1, files: 2, deletions: 3 },
  file: { path: 1, base: 7 },
  deletion: { kind: 1, readVersion: 2, id: 3 },
}

function fragmentFiles(manifest: readonly Field[]) {
  const data: string[] = []
  const others: string[] = []
  for (const fragment of subfields(manifest, field.fragments)) {
    for (const file of subfields(fragment, field.fragment.files)) {
      const path = textIn(file, field.file.path)
      if (path !== null && numberIn(file, field.file.base) === null) data.push(`data/${path}`)
    }
    for (const deletion of subfields(fragment, field.fragment.deletions)) others.push(deletionFile(fragment, deletion))
  }
  const transaction = textIn(manifest, field.transaction)
  if (transaction !== null) others.push(`_transactions/${transaction}`)
  return { data, others }
}

function deletionFile(fragment: readonly Field[], deletion: readonly Field[]): string {
  const [id, version, own] = [
    numberIn(fragment, field.fragment.id),
    numberIn(deletion, field.deletion.readVersion),
    numberIn(deletion, field.deletion.id),
  ].map((value) => value ?? 0n)
  const ending = numberIn(deletion, field.deletion.kind) === 1n ? 'bin' : 'arrow'
  return `_deletions/${id}-${version}-${own}.${ending}`
}

/** `_indices/UUID/`. */
function indexFolders(section: readonly Field[]): readonly string[] {
  return subfields(section, 1).flatMap((index) => {
    const [uuid] = subfields(index, 1)
    const bytes = uuid?.find((one) => one.number === 1)?.bytes
    if (bytes?.length !== 16) return []
    const hex = Buffer.from(bytes).toString('hex')
    return [`_indices/${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}/`]
  })
}

const basePaths = (manifest: readonly Field[]): readonly string[] =>
  subfields(manifest, field.basePaths).flatMap((base) => textIn(base, 4) ?? textIn(base, 2) ?? [])
