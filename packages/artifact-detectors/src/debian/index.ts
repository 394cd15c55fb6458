/** Debian and Ubuntu packages: whose a file of the system is, by dpkg's own lists. */
import type { ArtifactDetector, BytePath, PackageRecord, Probe } from '@roar/core'
import { byDirectory } from '../by-directory.ts'
import { lazyIndex, mayBePackaged, type Owner, sourceOf } from '../owner-index/owner-index.ts'
import { unmerged } from '../owner-index/path-key.ts'
import { buildDpkgIndex, dpkgSource, md5sums, md5sumsFile } from './dpkg-database.ts'

export function createDebianDetector(): ArtifactDetector {
  const index = lazyIndex('dpkg-owners-2', dpkgSource, buildDpkgIndex)
  const sums = new Map<string, ReadonlyMap<string, string>>()
  const sumsOf = (id: string, probe: Probe) => {
    const known = sums.get(id) ?? unmergedKeys(md5sums(probe, id))
    sums.set(id, known)
    return known
  }
  const isPackaged = byDirectory((directory) => mayBePackaged(`${directory}/`))
  /** Asked for the package of a file, and then for the record of the same. */
  let last: { readonly path: BytePath; readonly owner: Owner | null } | null = null
  const ownerOf = (path: BytePath, probe: Probe): Owner | null => {
    if (last?.path !== path)
      last = { path, owner: isPackaged(path) ? (index(probe)?.ownerOf(sourceOf(path)) ?? null) : null }
    return last.owner
  }
  return {
    name: 'debian',
    inDirectory: (directory) => (isPackaged(`${directory}/`) ? null : 'none'),
    detect: () => null,
    packagesOf({ path }, probe) {
      const owner = ownerOf(path, probe)
      return owner ? [owner.found] : []
    },
    recorded(path, probe): PackageRecord | null {
      const owner = ownerOf(path, probe)
      if (!owner) return null
      const file = sourceOf(path)
      return {
        file,
        record: md5sumsFile(owner.id, probe),
        expected() {
          const digest = sumsOf(owner.id, probe).get(unmerged(file))
          return digest ? { algorithm: 'md5', digest } : null
        },
      }
    },
  }
}

const unmergedKeys = (sums: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...sums].map(([file, sum]) => [unmerged(`/${file}`), sum]))
