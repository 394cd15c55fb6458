/** Symbolic links and directories of a directory. */
import { type Dirent, readdirSync, realpathSync } from 'node:fs'
import { type Branches, type BytePath, fromBuffer, toFsPath } from '@roar/core'

export function branches(folder: BytePath): Branches {
  const entries = entriesOf(folder)
  const at = (entry: Dirent<Buffer>) => `${folder === '/' ? '' : folder}/${fromBuffer(entry.name)}` as BytePath
  const links = entries.filter((entry) => entry.isSymbolicLink()).map(at)
  return {
    links: links.flatMap((path) => {
      const target = realPath(path)
      return target === null ? [] : [{ path, target }]
    }),
    folders: entries.filter((entry) => entry.isDirectory()).map(at),
  }
}

function entriesOf(folder: BytePath): Dirent<Buffer>[] {
  try {
    return readdirSync(toFsPath(folder), { encoding: 'buffer', withFileTypes: true })
  } catch {
    return []
  }
}

function realPath(path: BytePath): BytePath | null {
  try {
    return fromBuffer(realpathSync.native(toFsPath(path), 'buffer'))
  } catch {
    return null
  }
}
