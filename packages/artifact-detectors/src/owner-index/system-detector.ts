/** What detectors of systems' package databases have in common: they name the owners of files, and leave what the files are to others. */
import type { ArtifactDetector, BytePath, PackageFound, PackageRecord, Probe } from '@roar/core'
import { byDirectory } from '../by-directory.ts'
import { digestIn } from './digest-table.ts'
import { osReleaseFiles } from './os-release.ts'
import { OwnerIndex as Index, mayBePackaged, type OwnerIndex, sourceOf } from './owner-index.ts'

export interface SystemDatabase {
  readonly name: string
  /** Changed with the tables' form. */
  readonly version: number
  /** The file that changes with every installed package; null where this machine has no such database. */
  source(probe: Probe): BytePath | null
  /** Further ones that its tables rest on; those that are not there count, too. */
  beside?(source: BytePath): readonly BytePath[]
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
  const isPackaged = byDirectory((directory) => mayBePackaged(`${directory}/`))
  // Most machines have one such database: the others are asked for every directory of a job all the same.
  let isAbsent: boolean | undefined
  const mayHave = (path: string, probe: Probe): boolean => {
    isAbsent ??= opened.source(probe) === null
    return !isAbsent && isPackaged(path)
  }
  return {
    name: database.name,
    inDirectory: (directory, probe) => (!isAbsent && mayHave(`${directory}/`, probe) ? null : 'none'),
    detect: () => null,
    packagesOf({ path }, probe) {
      const owner = mayHave(path, probe) ? opened.index(probe)?.ownerOf(sourceOf(path)) : null
      return owner ? [owner.found] : nobody
    },
    recorded: (path, probe) => (mayHave(path, probe) ? opened.recorded(sourceOf(path), probe) : null),
  }
}

const nobody: readonly PackageFound[] = []

class Opened {
  readonly #database: SystemDatabase
  #source: BytePath | null | undefined
  #index: OwnerIndex | null = null
  #digests: Uint8Array | null = null

  constructor(database: SystemDatabase) {
    this.#database = database
  }

  index(probe: Probe): OwnerIndex | null {
    const source = this.source(probe)
    if (source === null) return null
    const { name, version } = this.#database
    this.#index ??= new Index(
      probe.derived(`${name}-owners-${version}`, this.#restsOn(source), () => this.#database.owners(probe, source)),
    )
    return this.#index
  }

  recorded(file: BytePath, probe: Probe): PackageRecord | null {
    const { digests } = this.#database
    const source = this.source(probe)
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
      this.#restsOn(source),
      () => digests?.table(probe, source) ?? new Uint8Array(8),
    )
    return this.#digests
  }

  #restsOn(source: BytePath): readonly BytePath[] {
    return [source, ...(this.#database.beside?.(source) ?? []), ...osReleaseFiles]
  }

  source(probe: Probe): BytePath | null {
    if (this.#source === undefined) this.#source = this.#database.source(probe)
    return this.#source
  }
}
