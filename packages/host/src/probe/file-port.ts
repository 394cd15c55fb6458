/** Looks at files for the fold and the detectors: never follows a link unasked, never blocks on a pipe, never throws. */
import { lstatSync, statfsSync } from 'node:fs'
import { type BytePath, type FilePort, type FileState, toFsPath } from '@roar/core'
import { branches } from './branches.ts'
import { createProbe, type ProbePlaces } from './probe.ts'
import { createShareBytes, type ShareBytes } from './shared-bytes.ts'

export function createFilePort(places: ProbePlaces): FilePort {
  const mappedTimes = new Map<bigint, boolean>()
  let share: ShareBytes | null = null
  return {
    state,
    branches,
    born,
    probe: createProbe(places),
    freshProbe: (how = { remembersLists: false }) => createProbe(places, how),
    shareBytes: async (file) => {
      share ??= createShareBytes()
      return share(file)
    },
    timesMappedStores(path) {
      const device = state(path)?.dev
      if (device === undefined) return false
      let answer = mappedTimes.get(device)
      if (answer === undefined) {
        answer = movesTimes(path)
        mappedTimes.set(device, answer)
      }
      return answer
    },
  }
}

export function state(path: BytePath): FileState | null {
  try {
    const found = lstatSync(toFsPath(path), { bigint: true, throwIfNoEntry: false })
    if (!found) return null
    const { dev, ino, size, mtimeNs, ctimeNs } = found
    return { dev, ino, size, mtimeNs, ctimeNs, mode: Number(found.mode), links: Number(found.nlink) }
  } catch {
    // ENAMETOOLONG, EACCES of a directory above, ELOOP: it cannot be asked.
    return null
  }
}

function born(directory: BytePath): number | null {
  try {
    const found = lstatSync(toFsPath(directory), { throwIfNoEntry: false })
    return found?.isDirectory() && found.birthtimeMs > 0 ? found.birthtimeMs : null
  } catch {
    return null
  }
}

/**
 * File systems whose page_mkwrite calls file_update_time, so that the first store into a clean shared page moves mtime (fs/ext4/inode.c,
 * mm/filemap.c filemap_page_mkwrite, …). tmpfs and hugetlbfs have no such hook; NFS, FUSE and ZFS set times when pages are written back, which
 * may be later than our look. An overlay hands the mapping to the file below, which is on one of these in every container engine's default.
 */
const movesMtimeAtStore = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // xfs
  0x9123683e, // btrfs
  0xf2f52010, // f2fs
  0x794c7630, // overlay
])

function movesTimes(path: BytePath): boolean {
  try {
    return process.platform === 'linux' && movesMtimeAtStore.has(statfsSync(toFsPath(path)).type)
  } catch {
    return false
  }
}
