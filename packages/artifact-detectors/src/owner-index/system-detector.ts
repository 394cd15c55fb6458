/** What detectors of systems' package databases have in common: they name the owners of files, and leave what the files are to others. */
import type { ArtifactDetector, BytePath, PackageRecord, Probe } from '@roar/core'
import { digestIn } from './digest-table.ts'
import { OwnerIndex as Index, mayBePackaged, type OwnerIndex, sourceOf } from './owner-index.ts'

export interface SystemDatabase {
  readonly name: string
  /** Changed with the tables' form. */
  readonly version: number
  /** The file that changes with every installed package; null where this machine has no such database. */
  source(probe: Probe): BytePath | null
  owners(probe: Probe, source: BytePath): Uint8Array
  readonly digests?: {
    readonly algorithm: string
    /** Bytes. */
    readonly length: number
    table(probe: Probe, source: BytePath): Uint8Array
  }
}

export function systemDetector(database: SystemDatabase): ArtifactDetector {
  const opened = new Opened(database)
  return {
    name: database.name,
    detect: () => null,
    packagesOf({ path }, probe) {
      const owner = mayBePackaged(path) ? opened.index(probe)?.ownerOf(sourceOf(path)) : null
      return owner ? [owner.found] : []
    },
    recorded: (path, probe) => (mayBePackaged(path) ? opened.recorded(sourceOf(path), probe) : null),
  }
}

class Opened {
  readonly #database: SystemDatabase
  #source: BytePath | null | undefined
  #index: OwnerIndex | null = null
  #digests: Uint8Array | null = null

  constructor(database: SystemDatabase) {
    this.#database = database
  }

  index(probe: Probe): OwnerIndex | null {
    const source = this.#sourceOf(probe)
    if (source === null) return null
    const { name, version } = this.#database
    this.#index ??= new Index(
      probe.derived(`${name}-owners-${version}`, source, () => this.#database.owners(probe, source)),
    )
    return this.#index
  }

  recorded(file: BytePath, probe: Probe): PackageRecord | null {
    const { digests } = this.#database
    const source = this.#sourceOf(probe)
    if (!digests || source === null || !this.index(probe)?.ownerOf(file)) return null
    const { algorithm, length } = digests
    return {
      file,
      record: source,
      expected: () => {
        const digest = digestIn(this.#table(probe, source), file, length)
        return digest === null ? null : { algorithm, digest }
      },
    }
  }

  #table(probe: Probe, source: BytePath): Uint8Array {
    const { name, version, digests } = this.#database
    this.#digests ??= probe.derived(
      `${name}-digests-${version}`,
      source,
      () => digests?.table(probe, source) ?? new Uint8Array(8),
    )
    return this.#digests
  }

  #sourceOf(probe: Probe): BytePath | null {
    if (this.#source === undefined) this.#source = this.#database.source(probe)
    return this.#source
  }
}
