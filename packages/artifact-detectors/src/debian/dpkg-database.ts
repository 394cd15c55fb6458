/** Reads dpkg's records: deb(5), dpkg-divert(1), and the split status of images without dpkg itself (distroless). */
import { type BytePath, formatPackageUrl, type Probe } from '@roar/core'
import { byteText, fileBytes } from '../owner-index/byte-text.ts'
import { distroQualifier, type OsRelease, osRelease, osReleaseFiles } from '../owner-index/os-release.ts'
import { type Moved, type OwnedPackage, OwnerIndexBuilder, type TableSource } from '../owner-index/owner-index.ts'

const folder = '/var/lib/dpkg'
const statusFile = `${folder}/status` as BytePath
const statusFolder = `${folder}/status.d` as BytePath
/** Where dpkg notes what has become of a package until it writes the whole status anew. */
const updates = `${folder}/updates` as BytePath
const info = `${folder}/info` as BytePath
const diversionsFile = `${folder}/diversions` as BytePath

/**
 * The status alone is not enough: a diversion changes nothing in it, and lists come before it. dpkg replaces its files by renaming, which changes their
 * directories. The files of an image are written in place.
 */
export function dpkgSource(probe: Probe): TableSource | null {
  if (probe.exists(statusFile))
    return { from: statusFile, restsOn: [statusFile, info, diversionsFile, updates, ...osReleaseFiles] }
  if (!probe.exists(statusFolder)) return null
  const parts = probe.list(statusFolder).map((name) => `${statusFolder}/${name}` as BytePath)
  return { from: statusFolder, restsOn: [statusFolder, ...parts, ...osReleaseFiles] }
}

export const buildDpkgIndex = (probe: Probe, from: BytePath): Uint8Array =>
  from === statusFolder ? indexOfImage(probe) : indexOfSystem(probe)

function indexOfImage(probe: Probe): Uint8Array {
  const builder = new OwnerIndexBuilder()
  const release = osRelease(probe)
  for (const name of probe.list(statusFolder).filter((one) => !one.endsWith('.md5sums'))) {
    const one = paragraphs(byteText(`${statusFolder}/${name}` as BytePath, probe) ?? '')[0]
    if (one)
      builder.add(
        owned(one, release, name),
        [...md5sums(probe, name).keys()].map((file) => `/${file}`),
      )
  }
  return builder.build()
}

function indexOfSystem(probe: Probe): Uint8Array {
  const builder = new OwnerIndexBuilder()
  const release = osRelease(probe)
  for (const one of installed(probe)) {
    const list = listOf(one, probe)
    if (list) builder.addList(owned(one, release, list.id), list.bytes)
  }
  return builder.build(diversions(byteText(diversionsFile, probe) ?? ''))
}

interface Paragraph {
  readonly Package?: string
  readonly Version?: string
  readonly Architecture?: string
  readonly Status?: string
  readonly 'Multi-Arch'?: string
}

/** The last word on each package. */
function installed(probe: Probe): readonly Paragraph[] {
  const all = new Map<string, Paragraph>()
  const later = probe.list(updates).map((name) => `${updates}/${name}` as BytePath)
  for (const file of [statusFile, ...later])
    for (const one of paragraphs(byteText(file, probe) ?? '')) all.set(`${one.Package}:${one.Architecture}`, one)
  return [...all.values()].filter(({ Status = '' }) =>
    / (?:installed|triggers-\w+|unpacked|half-configured)$/.test(Status),
  )
}

/** Each field is looked for in its paragraph: most lines are none of them, and there are a hundred thousand. */
const paragraphs = (text: string): readonly Paragraph[] =>
  text
    .split(/\n[ \t]*\n/)
    .map((lines) => paragraph(`\n${lines}\n`))
    .filter((one) => one.Package !== undefined)

const fields = ['Package', 'Version', 'Architecture', 'Status', 'Multi-Arch'] as const

function paragraph(lines: string): Paragraph {
  const one: { [Field in (typeof fields)[number]]?: string } = {}
  for (const field of fields) {
    const at = lines.indexOf(`\n${field}:`)
    if (at >= 0) one[field] = lines.slice(at + field.length + 2, lines.indexOf('\n', at + 1)).replace(/^ +/, '')
  }
  return one
}

function owned(one: Paragraph, release: OsRelease | null, id: string): OwnedPackage {
  const [name, version] = [one.Package ?? '', one.Version ?? null]
  const qualifiers = { arch: one.Architecture, distro: distroQualifier(release) }
  const purl = formatPackageUrl({ type: 'deb', namespace: release?.id ?? 'debian', name, version, qualifiers })
  return { ecosystem: 'deb', package: name, version, purl, id }
}

/** `libc6:amd64.list` where several architectures can be installed beside each other. */
function listOf(one: Paragraph, probe: Probe): { readonly id: string; readonly bytes: Uint8Array } | null {
  const name = one.Package ?? ''
  const names = [`${name}:${one.Architecture}`, name]
  for (const id of one['Multi-Arch'] === 'same' ? names : names.reverse()) {
    const bytes = fileBytes(`${info}/${id}.list` as BytePath, probe)
    if (bytes) return { id, bytes }
  }
  return null
}

/** Three lines each: the name, where that file is put instead, and the package whose own file has the name. */
function diversions(text: string): readonly Moved[] {
  const lines = text.split('\n')
  return Array.from({ length: Math.floor(lines.length / 3) }, (_, i) => {
    const [from = '', to = '', by = ''] = lines.slice(i * 3)
    return { from, to, by }
  })
}

export const md5sumsFile = (id: string, probe: Probe): BytePath =>
  (probe.exists(statusFile) ? `${info}/${id}.md5sums` : `${statusFolder}/${id}.md5sums`) as BytePath

/** By path without the leading slash. Settings (conffiles) are not in it: they are there to be changed. */
export function md5sums(probe: Probe, id: string): ReadonlyMap<string, string> {
  const text = byteText(md5sumsFile(id, probe), probe) ?? ''
  return new Map([...text.matchAll(/^\\?([0-9a-f]{32})\s+(.+)$/gm)].map(([, sum = '', file = '']) => [file, sum]))
}
