/** What a job's packages say of themselves: files that were changed since they were installed, and the lock files in force. */
import type { BytePath } from '../byte-path.ts'
import type { RecordedFile } from '../classify/package-uses.ts'
import type { ArtifactDetector, Probe } from '../contracts.ts'
import type { LockFile, PackageUse } from '../model.ts'
import type { HashService, PackageFilePort, Verdict } from '../ports.ts'

export async function withModified(
  packages: readonly PackageUse[],
  files: readonly RecordedFile[],
  port: PackageFilePort | undefined,
  signal: AbortSignal,
): Promise<readonly PackageUse[]> {
  const verdicts = files.length > 0 ? await port?.compare(files, signal) : undefined
  const modified = verdicts ? modifiedIn(verdicts) : []
  if (modified.length === 0) return packages
  return packages.map((one) => {
    const mine = modified.filter(({ use }) => use === one)
    return mine.length === 0 ? one : { ...one, modified: [...new Set(mine.map(({ record }) => record.file))].sort() }
  })
}

/** Debian and conda strip libraries behind the building of a wheel, whose RECORD then is of other bytes: who installed the file knows better. */
function modifiedIn(verdicts: ReadonlyMap<RecordedFile, Verdict>): readonly RecordedFile[] {
  const wrong = [...verdicts.keys()].filter((file) => verdicts.get(file) === 'modified')
  if (wrong.length === 0) return wrong
  const installed = [...verdicts.keys()].filter((file) => file.byInstaller && verdicts.get(file) === 'right')
  const vouched = new Set(installed.map(({ record }) => record.file))
  return wrong.filter(({ byInstaller, record }) => byInstaller || !vouched.has(record.file))
}

export interface LockSearch {
  readonly root: BytePath
  /** Directories that the job worked in. */
  readonly folders: readonly BytePath[]
  /** Files that it read. */
  readonly inputs: readonly BytePath[]
  /** False for what lies in packages and caches: a lock file that a package brought along binds nobody. */
  readonly keeps: (path: BytePath) => boolean
}

/** Those that the job read, and those in its directories or the nearest ones above that have any, up to the workspace's root. */
export async function lockFilesOf(
  packages: readonly PackageUse[],
  detectors: readonly ArtifactDetector[],
  probe: Probe,
  search: LockSearch,
  hashes: Pick<HashService, 'hash'>,
  algorithms: readonly string[],
): Promise<readonly LockFile[]> {
  const used = new Set(packages.map(({ ecosystem }) => ecosystem))
  const found = detectors.flatMap(({ lockFiles = {} }) =>
    Object.entries(lockFiles)
      .filter(([ecosystem]) => used.has(ecosystem))
      .flatMap(([ecosystem, names]) => inForce(names, search, probe).map((path) => ({ ecosystem, path }))),
  )
  if (found.length === 0) return []
  const digests = await hashes.hash(
    found.map(({ path }) => path),
    { algorithms },
  )
  return found.flatMap((one, i) => {
    const known = digests[i]?.digests
    return known ? [{ ...one, digests: known }] : []
  })
}

function inForce(names: readonly string[], search: LockSearch, probe: Probe): readonly BytePath[] {
  const { root, folders, inputs, keeps } = search
  const read = inputs.filter((path) => names.some((name) => path.endsWith(`/${name}`)))
  const above = [...new Set(folders)].flatMap((folder) => nearest(foldersAbove(folder, root), names, probe))
  return [...new Set([...read, ...above])].filter(keeps).sort()
}

function foldersAbove(cwd: BytePath, root: BytePath): readonly string[] {
  if (cwd !== root && !cwd.startsWith(`${root}/`)) return [cwd]
  const folders: string[] = []
  for (let at: string = cwd; at.length >= root.length && at !== ''; at = at.slice(0, at.lastIndexOf('/')))
    folders.push(at)
  return folders
}

function nearest(folders: readonly string[], names: readonly string[], probe: Probe): readonly BytePath[] {
  for (const folder of folders) {
    const here = names.map((name) => `${folder}/${name}` as BytePath).filter((path) => probe.exists(path))
    if (here.length > 0) return here
  }
  return []
}
