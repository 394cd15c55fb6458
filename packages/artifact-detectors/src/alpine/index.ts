/** Alpine's packages: one text with all of them and their files. https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2 */
import { type ArtifactDetector, type BytePath, formatPackageUrl, type Probe } from '@roar/core'
import { byteText } from '../owner-index/byte-text.ts'
import { digestTable } from '../owner-index/digest-table.ts'
import { distroQualifier, osRelease } from '../owner-index/os-release.ts'
import { OwnerIndexBuilder } from '../owner-index/owner-index.ts'
import { systemDetector } from '../owner-index/system-detector.ts'

const places = ['/lib/apk/db/installed', '/usr/lib/apk/db/installed'] as readonly string[] as readonly BytePath[]

export const createAlpineDetector = (): ArtifactDetector =>
  systemDetector({
    name: 'alpine',
    version: 2,
    source: (probe) => places.find((one) => probe.exists(one)) ?? null,
    owners: buildOwners,
    digests: { algorithm: 'sha1', length: 20, table: (probe, source) => digestTable(digests(probe, source), 20) },
  })

interface ApkPackage {
  readonly name: string
  readonly version: string
  readonly arch: string
  /** With `Q1…`, where it is given. */
  readonly files: readonly { readonly path: string; readonly checksum: string | null }[]
}

function buildOwners(probe: Probe, source: BytePath): Uint8Array {
  const builder = new OwnerIndexBuilder()
  const distro = distroQualifier(osRelease(probe))
  for (const { name, version, arch, files } of packages(probe, source)) {
    const purl = formatPackageUrl({ type: 'apk', namespace: 'alpine', name, version, qualifiers: { arch, distro } })
    const owned = { ecosystem: 'apk', package: name, version, purl, id: name }
    builder.add(
      owned,
      files.map(({ path }) => path),
    )
  }
  return builder.build()
}

/** `Q1` and the base64 of a SHA-1. */
function* digests(probe: Probe, source: BytePath): Iterable<readonly [string, string]> {
  for (const { files } of packages(probe, source))
    for (const { path, checksum } of files)
      if (checksum?.startsWith('Q1')) yield [path, Buffer.from(checksum.slice(2), 'base64').toString('hex')]
}

/** Lines of a letter and a value, a paragraph each; F is a folder, R a file in it, Z that file's checksum. */
function* packages(probe: Probe, source: BytePath): Iterable<ApkPackage> {
  for (const paragraph of (byteText(source, probe) ?? '').split(/\n\n+/)) {
    const head: Record<string, string> = {}
    const files: { path: string; checksum: string | null }[] = []
    let folder = ''
    for (const line of paragraph.split('\n')) {
      const [key = '', value] = [line[0], line.slice(2)]
      if (key === 'F') folder = value
      else if (key === 'R') files.push({ path: `/${folder}${folder ? '/' : ''}${value}`, checksum: null })
      else if (key === 'Z' && files.length > 0) (files.at(-1) as { checksum: string }).checksum = value
      else head[key] = value
    }
    if (head.P && head.V) yield { name: head.P, version: head.V, arch: head.A ?? '', files }
  }
}
