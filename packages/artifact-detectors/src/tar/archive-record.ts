/** Compares a package's files with the archive that it was unpacked from, where its tool keeps that: the first file asked for costs the whole of it. */
import { createRequire } from 'node:module'
import type { BytePath, PackageRecord, Probe } from '@roar/core'
import { tarFiles } from './tar-files.ts'

const longestArchive = 64 << 20
const longestUnpacked = 256 << 20

/** SHA-256 by name inside of the package; empty for an archive that is not the one on record, or no archive: it proves nothing. */
export type Digests = ReadonlyMap<string, string>

export class ArchiveRecords {
  readonly #known = new Map<BytePath, Digests>()
  readonly #prove: (bytes: Uint8Array, archive: BytePath, probe: Probe) => Digests

  constructor(prove: (bytes: Uint8Array, archive: BytePath, probe: Probe) => Digests) {
    this.#prove = prove
  }

  /** `location`: the package's folder. */
  recorded(path: BytePath, location: BytePath, archive: BytePath, probe: Probe): PackageRecord | null {
    if (!probe.exists(archive)) return null
    return {
      file: path,
      record: archive,
      expected: () => {
        const digest = this.#digestsOf(archive, probe).get(path.slice(location.length + 1))
        return digest === undefined ? null : { algorithm: 'sha256', digest }
      },
    }
  }

  #digestsOf(archive: BytePath, probe: Probe): Digests {
    let known = this.#known.get(archive)
    if (known === undefined) {
      const bytes = probe.bytes?.(archive, longestArchive)
      known = bytes ? this.#prove(bytes, archive, probe) : new Map()
      this.#known.set(archive, known)
    }
    return known
  }
}

/** Loaded when the first such file is asked for: most runs have none. */
const load = createRequire(import.meta.url)

/** Of the files in a packed tar archive; of a name that comes twice the last one counts, as it does when it is unpacked. */
export function digestsIn(bytes: Uint8Array): Map<string, string> {
  return new Map([...tarFiles(unpacked(bytes))].map(({ name, content }) => [name, sha256(content)]))
}

/** Empty for what is not packed. */
export function unpacked(bytes: Uint8Array): Uint8Array {
  const { gunzipSync } = load('node:zlib') as typeof import('node:zlib')
  try {
    return gunzipSync(bytes, { maxOutputLength: longestUnpacked })
  } catch {
    return new Uint8Array()
  }
}

export const sha256 = (bytes: Uint8Array): string =>
  (load('node:crypto') as typeof import('node:crypto')).createHash('sha256').update(bytes).digest('hex')
