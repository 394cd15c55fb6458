/** Keeps the bytes of a file by sharing its blocks with one that has no name (FICLONE, ioctl_ficlone(2)): Btrfs, XFS, bcachefs, OCFS2. */
import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { type BytePath, fromString, type HeldFile, type SharedBytes, toBuffer, toFsPath } from '@roar/core'

/** A descriptor each; whoever comes later waits for the hash, as where nothing can be shared. */
const mostShared = 64
/** open(2), Linux 3.11: a file without a name, in the file system of the directory. Nobody sees it, and a crash leaves none behind. */
const unnamed = 0o20000000 | constants.O_DIRECTORY | constants.O_RDWR

export type ShareBytes = (file: HeldFile) => Promise<SharedBytes | null>

export function createShareBytes(): ShareBytes {
  /** Devices whose file system shares nothing. */
  const refusing = new Set<bigint>()
  let shared = 0
  return async (file) => {
    if (process.platform !== 'linux' || refusing.has(file.dev) || shared >= mostShared) return null
    shared++
    const bytes = await share(file, () => shared--).catch(() => null)
    if (bytes) return bytes
    shared--
    refusing.add(file.dev)
    return null
  }
}

async function share(file: HeldFile, freed: () => void): Promise<SharedBytes> {
  const source = openSync(toFsPath(file.path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  let copy = -1
  try {
    copy = openSync(directoryOf(file.path), unnamed, 0o600)
    // Loaded here, with Node's streams behind it: most runs share no bytes.
    const { copyFile } = process.getBuiltinModule('node:fs/promises')
    await copyFile(ownPath(source), ownPath(copy), constants.COPYFILE_FICLONE_FORCE)
    // Asked afterwards: what was shared is this version, or the one that is looked for is not there any more.
    const { dev, ino, size, mtimeNs, ctimeNs } = fstatSync(source, { bigint: true })
    if (dev !== file.dev || ino !== file.ino) throw new Error('another file has this name by now')
    const kept = copy
    const free = (): void => {
      closeSync(kept)
      freed()
    }
    return { path: fromString(ownPath(kept)), stamp: { dev, ino, size, mtimeNs, ctimeNs }, free }
  } catch (error) {
    if (copy >= 0) closeSync(copy)
    throw error
  } finally {
    closeSync(source)
  }
}

const ownPath = (fd: number): string => `/proc/self/fd/${fd}`

const directoryOf = (path: BytePath): Buffer => toBuffer((path.slice(0, path.lastIndexOf('/')) || '/') as BytePath)
