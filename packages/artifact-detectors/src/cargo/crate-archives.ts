/** Files of crates that cargo unpacked, compared with the archive in its cache, which has the digest that the registry's index says: the one in Cargo.lock. */
import type { BytePath, PackageRecord, Probe } from '@roar/core'
import { ArchiveRecords, type Digests, digestsIn, sha256 } from '../tar/archive-record.ts'

/** Of an index, what cargo has asked of it: https://doc.rust-lang.org/cargo/reference/registry-index.html */
const longestIndex = 64 << 20

export interface Crate {
  readonly name: string
  readonly version: string
  /** `…/registry/src/INDEX/NAME-VERSION` */
  readonly location: BytePath
}

export class CrateArchives {
  readonly #archives = new ArchiveRecords((bytes, archive, probe) => {
    const crate = this.#crates.get(archive)
    return crate && sha256(bytes) === indexed(crate, probe) ? insideOf(digestsIn(bytes)) : new Map()
  })
  readonly #crates = new Map<BytePath, Crate>()

  recorded(path: BytePath, crate: Crate, probe: Probe): PackageRecord | null {
    const archive =
      `${crate.location.replace(/\/registry\/src\/(?=[^/]+\/[^/]+$)/, '/registry/cache/')}.crate` as BytePath
    this.#crates.set(archive, crate)
    return this.#archives.recorded(path, crate.location, archive, probe)
  }
}

/** The first folder is the crate's own. */
const insideOf = (digests: Digests): Digests =>
  new Map([...digests].map(([name, digest]) => [name.slice(name.indexOf('/') + 1), digest]))

/** A file a crate: a few bytes of cargo's, then version and description of each release, with a NUL behind each. */
function indexed({ name, version, location }: Crate, probe: Probe): string | null {
  const index = location.replace(/\/registry\/src\/([^/]+)\/[^/]+$/, '/registry/index/$1/.cache')
  const text = probe.text(`${index}/${placeOf(name.toLowerCase())}` as BytePath, longestIndex)
  const releases = text?.split('\0').filter((one) => one.startsWith('{') && one.includes(JSON.stringify(version))) ?? []
  return releases.map((one) => checksumOf(one, version)).find((one) => one !== null) ?? null
}

/** null: another release, which speaks of this one. */
function checksumOf(release: string, version: string): string | null {
  try {
    const { vers, cksum } = JSON.parse(release)
    return vers === version ? cksum : null
  } catch {
    return null
  }
}

/** `1/a`, `2/ab`, `3/a/abc`, `ab/cd/abcd` */
function placeOf(name: string): string {
  if (name.length < 3) return `${name.length}/${name}`
  return name.length === 3 ? `3/${name[0]}/${name}` : `${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`
}
