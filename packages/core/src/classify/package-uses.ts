/** Collects the packages that a job used, and which files their distributions' own records can be asked about. */
import type { BytePath } from '../byte-path.ts'
import type { ArtifactDetector, FileStamp, PackageFound, PackageRecord, Probe } from '../contracts.ts'
import type { PackageUse } from '../model.ts'
import { packageUrl } from '../package-url.ts'

/** A file that was used as part of a package. */
export interface RecordedFile {
  readonly use: Pick<PackageUse, 'purl' | 'location'>
  /** As it was used. */
  readonly path: BytePath
  readonly stamp: FileStamp
  readonly record: PackageRecord
  /** By the record of whoever put the file there (a system's packages, conda), not by that of what it is said to be. */
  readonly byInstaller: boolean
}

interface Checked extends Pick<RecordedFile, 'path' | 'byInstaller'> {
  readonly use: PackageUse
  readonly stamp: FileStamp | null
  /** Who knows the record. */
  readonly by: ArtifactDetector
}

export class PackageUses {
  readonly #uses = new Map<string, PackageUse>()
  readonly #byFinding = new WeakMap<PackageFound, PackageUse>()
  readonly recorded: RecordedFile[] = []

  note(found: PackageFound, path: BytePath): PackageUse | null {
    if (found.incidental) return null
    // Detectors answer with one object for all files of a package, mostly.
    const known = this.#byFinding.get(found)
    if (known) return known
    const use = this.#add(found, path)
    this.#byFinding.set(found, use)
    return use
  }

  /** `stamp` null: nobody knows which bytes were used. */
  check({ use, path, stamp, by, byInstaller }: Checked, probe: Probe): void {
    const record = stamp && by.recorded?.(path, probe)
    if (record) this.recorded.push({ use, path, stamp, record, byInstaller })
  }

  list(): PackageUse[] {
    const keyed = [...this.#uses.values()].map((use) => ({ use, key: orderOf(use) }))
    return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ use }) => use)
  }

  #add(found: PackageFound, path: BytePath): PackageUse {
    const { ecosystem, package: name, version } = found
    const purl = found.purl ?? packageUrl(ecosystem, name, version)
    const key = `${purl}\0${found.location ?? ''}`
    const use = this.#uses.get(key) ?? {
      ...{ ecosystem, name, version, purl },
      location: found.location ?? path,
      modified: [],
    }
    this.#uses.set(key, use)
    return use
  }
}

const orderOf = ({ ecosystem, name, version }: PackageUse): string => `${ecosystem}\0${name}\0${version ?? ''}`
