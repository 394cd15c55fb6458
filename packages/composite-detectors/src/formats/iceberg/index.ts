/** Iceberg: what the current snapshot of the newest metadata refers to. */
import type { BytePath } from '@roar/core'
import { readAvro } from '../../avro.ts'
import { type Directory, parseObject } from '../../directory.ts'
import { type Format, filesMissing, type Said } from '../../format.ts'

const metadataName = /^(?:v(\d+)|(\d+)-[0-9a-f-]{36})(?:\.gz)?\.metadata\.json(?:\.gz)?$/

export const iceberg: Format = {
  name: 'iceberg',
  about: {
    title: 'Iceberg table',
    recognised: '`metadata/` with `vN.metadata.json` or `N-UUID.metadata.json`',
    members:
      'the newest metadata, its manifests, and the data and delete files that its current snapshot refers to. The catalog may name another one: it is not asked',
    whole: 'every file that the snapshot refers to is there',
  },
  isRoot: (at) => at.has('metadata') && at.list('metadata').some((name) => metadataName.test(name)),
  members: live,
}

function live(paths: readonly BytePath[], at: Directory): Said {
  const newest = paths
    .filter((path) => path.startsWith('metadata/') && metadataName.test(path.slice(9)))
    .map((path) => ({ path, version: versionOf(path.slice(9)) }))
    .sort((a, b) => b.version - a.version)[0]
  const table = newest ? parseObject(at.text(newest.path)) : null
  if (!newest || !table) return { members: null, incomplete: null }
  const location = String(table.location ?? '')
  const inside = (url: unknown): string | null => relative(String(url), location)
  const files = referred(table, at, inside)
  if (files === null) return { members: null, incomplete: null }
  const alive = new Set<string>([newest.path, 'metadata/version-hint.text', ...files.inside])
  const there = paths.filter((path) => alive.has(path))
  const here = new Set<string>(paths)
  const lost = files.inside.filter((path) => !here.has(path)).length
  return {
    members: there,
    incomplete: lost > 0 ? filesMissing(lost, 'current snapshot') : null,
    ...(files.outside.length > 0 && { elsewhere: files.outside }),
  }
}

function versionOf(name: string): number {
  const match = metadataName.exec(name)
  return Number(match?.[1] ?? match?.[2] ?? -1)
}

/** Locations are URLs; a table that was moved keeps the ones that it was made with. */
function relative(url: string, location: string): string | null {
  const plain = (text: string): string => text.replace(/^file:(?:\/\/)?(?=\/)/, '').replace(/\/+$/, '')
  const [path, root] = [plain(url), plain(location)]
  return path.startsWith(`${root}/`) ? Buffer.from(path.slice(root.length + 1), 'utf8').toString('latin1') : null
}

type Inside = (url: unknown) => string | null

function referred(table: Readonly<Record<string, unknown>>, at: Directory, inside: Inside) {
  const found = { inside: [] as string[], outside: [] as string[] }
  const note = (url: unknown): string | null => {
    const path = inside(url)
    if (path === null) found.outside.push(String(url))
    else found.inside.push(path)
    return path
  }
  const snapshots = Array.isArray(table.snapshots) ? table.snapshots : []
  const current = snapshots.find(
    (one) => parseObject(JSON.stringify(one))?.['snapshot-id'] === table['current-snapshot-id'],
  )
  const list = parseObject(JSON.stringify(current ?? null))?.['manifest-list']
  if (list === undefined) return found
  const listPath = note(list)
  const manifests = listPath === null ? [] : readAvro(at.bytes(listPath))
  if (manifests === null) return null
  for (const manifest of manifests) {
    const path = note(manifest.manifest_path)
    const entries = path === null ? [] : readAvro(at.bytes(path))
    if (entries === null) return null
    // Status 2: removed by this snapshot.
    for (const entry of entries)
      if (entry.status !== 2) note(parseObject(JSON.stringify(entry.data_file, plain))?.file_path)
  }
  return found
}

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)
