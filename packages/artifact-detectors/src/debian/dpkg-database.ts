/** Reads dpkg's records: deb(5), dpkg-divert(1), and the split status of images without dpkg itself (distroless). */
import { type BytePath, formatPackageUrl, type Probe } from '@roar/core'
import { distroQualifier, type OsRelease, osRelease } from '../owner-index/os-release.ts'
import { type OwnedPackage, OwnerIndexBuilder } from '../owner-index/owner-index.ts'

export const statusFile = '/var/lib/dpkg/status' as BytePath
export const statusFolder = '/var/lib/dpkg/status.d' as BytePath
const info = '/var/lib/dpkg/info'
const long = 64 * 1024 * 1024

/** The whole status is one file that every change of a package rewrites: its stamp is that of the list of files, too. */
export const dpkgSource = (probe: Probe): BytePath | null =>
  probe.exists(statusFile) ? statusFile : probe.exists(statusFolder) ? statusFolder : null

export function buildDpkgIndex(probe: Probe, source: BytePath): Uint8Array {
  const builder = new OwnerIndexBuilder()
  const release = osRelease(probe)
  if (source === statusFolder) {
    for (const name of probe.list(statusFolder).filter((one) => !one.endsWith('.md5sums'))) {
      const [one] = paragraphs(probe.text(`${statusFolder}/${name}` as BytePath) ?? '')
      if (one)
        builder.add(
          owned(one, release, name),
          [...md5sums(probe, name).keys()].map((file) => `/${file}`),
        )
    }
    return builder.build()
  }
  const moved = diversions(probe.text('/var/lib/dpkg/diversions' as BytePath) ?? '')
  for (const one of paragraphs(probe.text(statusFile, long) ?? '')) {
    if (!/ (?:installed|triggers-\w+|unpacked|half-configured)$/.test(one.get('Status') ?? '')) continue
    const id = listName(one, probe)
    if (id !== null) builder.add(owned(one, release, id), files(id, one.get('Package') ?? '', moved, probe))
  }
  return builder.build()
}

type Paragraph = ReadonlyMap<string, string>

function* paragraphs(text: string): Iterable<Paragraph> {
  for (const block of text.split(/\n\n+/)) {
    const fields = new Map<string, string>()
    for (const [, name = '', value = ''] of block.matchAll(/^(Package|Version|Architecture|Status): *(.*)$/gm))
      fields.set(name, value)
    if (fields.has('Package')) yield fields
  }
}

function owned(one: Paragraph, release: OsRelease | null, id: string): OwnedPackage {
  const [name, version] = [one.get('Package') ?? '', one.get('Version') ?? null]
  const qualifiers = { arch: one.get('Architecture'), distro: distroQualifier(release) }
  const purl = formatPackageUrl({ type: 'deb', namespace: release?.id ?? 'debian', name, version, qualifiers })
  return { ecosystem: 'deb', package: name, version, purl, id }
}

/** `libc6:amd64.list` where several architectures can be installed beside each other. */
function listName(one: Paragraph, probe: Probe): string | null {
  const name = one.get('Package') ?? ''
  const names = [`${name}:${one.get('Architecture')}`, name]
  return names.find((id) => listed(probe).has(`${id}.list`)) ?? null
}

const folders = new WeakMap<Probe, ReadonlySet<string>>()
function listed(probe: Probe): ReadonlySet<string> {
  const known = folders.get(probe) ?? new Set(probe.list(info as BytePath))
  folders.set(probe, known)
  return known
}

/** Parents stand before what is in them: a line that the next one continues is a directory. */
function files(id: string, name: string, moved: Diversions, probe: Probe): readonly string[] {
  const lines = (probe.text(`${info}/${id}.list` as BytePath, long) ?? '').split('\n')
  const found: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string
    const next = lines[i + 1] ?? ''
    if (line === '' || line === '/.' || (next.charCodeAt(line.length) === 47 && next.startsWith(line))) continue
    const away = moved.get(line)
    found.push(away && away.by !== name ? away.to : line)
  }
  return found
}

type Diversions = ReadonlyMap<string, { readonly to: string; readonly by: string }>

/** Three lines each: the name, where that file is put instead, and the package whose own file has the name. */
function diversions(text: string): Diversions {
  const lines = text.split('\n')
  const found = new Map<string, { to: string; by: string }>()
  for (let i = 0; i + 2 < lines.length; i += 3)
    found.set(lines[i] as string, { to: lines[i + 1] as string, by: lines[i + 2] as string })
  return found
}

export const md5sumsFile = (id: string, probe: Probe): BytePath =>
  (probe.exists(statusFile) ? `${info}/${id}.md5sums` : `${statusFolder}/${id}.md5sums`) as BytePath

/** By path without the leading slash. Settings (conffiles) are not in it: they are there to be changed. */
export function md5sums(probe: Probe, id: string): ReadonlyMap<string, string> {
  const text = probe.text(md5sumsFile(id, probe), long) ?? ''
  return new Map([...text.matchAll(/^\\?([0-9a-f]{32})\s+(.+)$/gm)].map(([, sum = '', file = '']) => [file, sum]))
}
