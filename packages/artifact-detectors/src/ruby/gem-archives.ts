/** Files of gems, compared with the archive that RubyGems keeps beside them: https://guides.rubygems.org, `lib/rubygems/package.rb` (checksums.yaml). */
import type { BytePath, PackageRecord, Probe } from '@roar/core'
import { ArchiveRecords, type Digests, digestsIn, sha256, unpacked } from '../tar/archive-record.ts'
import { tarFiles } from '../tar/tar-files.ts'

export class GemArchives {
  readonly #archives = new ArchiveRecords(provenDigests)

  /** `location`: `…/gems/rake-13.0.6`; its archive is `…/cache/rake-13.0.6.gem`. What is built for it lies elsewhere, or is not in the archive. */
  recorded(path: BytePath, location: BytePath, probe: Probe): PackageRecord | null {
    const [, home, folder] = /^(.*)\/gems\/([^/]+)$/.exec(location) ?? []
    return home === undefined || location.includes('/bundler/gems/')
      ? null
      : this.#archives.recorded(path, location, `${home}/cache/${folder}.gem` as BytePath, probe)
  }
}

/** A gem is an archive of packed archives, with the digests of those. */
function provenDigests(bytes: Uint8Array): Digests {
  const parts = new Map([...tarFiles(bytes)].map(({ name, content }) => [name, content]))
  const [data, sums] = [parts.get('data.tar.gz'), parts.get('checksums.yaml.gz')]
  const listed = Buffer.from(sums ? unpacked(sums) : []).toString('latin1')
  const digest = /^SHA256:\n(?: .*\n)*? +data\.tar\.gz: ['"]?([0-9a-f]{64})/m.exec(listed)?.[1]
  return data && digest === sha256(data) ? digestsIn(data) : new Map()
}
