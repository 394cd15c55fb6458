/** Arch Linux's packages: a folder each in pacman's local database. https://man.archlinux.org/man/alpm-db-desc.5 */
import { type ArtifactDetector, type BytePath, formatPackageUrl, type Probe } from '@roar/core'
import { byteText } from '../owner-index/byte-text.ts'
import { OwnerIndexBuilder } from '../owner-index/owner-index.ts'
import { systemDetector } from '../owner-index/system-detector.ts'

const local = '/var/lib/pacman/local' as BytePath

export const createArchDetector = (): ArtifactDetector =>
  systemDetector({
    name: 'arch',
    version: 2,
    source: (probe) => (probe.exists(local) ? local : null),
    owners: buildOwners,
  })

function buildOwners(probe: Probe): Uint8Array {
  const builder = new OwnerIndexBuilder()
  for (const folder of probe.list(local)) {
    const section = sections(probe.text(`${local}/${folder}/desc` as BytePath) ?? '')
    const [name = '', version = '', arch] = ['NAME', 'VERSION', 'ARCH'].map((title) => section.get(title)?.[0])
    if (name === '') continue
    const files = sections(byteText(`${local}/${folder}/files` as BytePath, probe) ?? '').get('FILES') ?? []
    const purl = formatPackageUrl({ type: 'alpm', namespace: 'arch', name, version, qualifiers: { arch } })
    const owned = { ecosystem: 'alpm', package: name, version, purl, id: folder }
    builder.add(
      owned,
      files.filter((file) => !file.endsWith('/')).map((file) => `/${file}`),
    )
  }
  return builder.build()
}

/** `%NAME%`, and the lines below it up to an empty one. */
const sections = (text: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    text.split(/\n\n+/).flatMap((block) => {
      const [title = '', ...lines] = block.trim().split('\n')
      return title.startsWith('%') ? [[title.slice(1, -1), lines] as const] : []
    }),
  )
