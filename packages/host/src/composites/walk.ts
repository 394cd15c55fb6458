/** Lists a directory with its stamps where no native scanner is at hand. */
import { type BigIntStats, type Dirent, lstatSync, readdirSync } from 'node:fs'
import { type BytePath, type TreeScan, toFsPath, treeKinds } from '@roar/core'

interface Entry {
  readonly path: BytePath
  readonly kind: number
}

/** Null where the root cannot be read. */
export function walkTree(root: BytePath, { deep }: { readonly deep: boolean }): TreeScan | null {
  const top = namesIn(root)
  if (top === null) return null
  const entries: Entry[] = []
  const waiting = ordered('' as BytePath, top).reverse()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!next.isDirectory) entries.push({ path: next.path, kind: treeKinds.gone })
    else if (deep) {
      const names = namesIn(`${root}/${next.path}` as BytePath)
      if (names === null) entries.push({ path: next.path, kind: treeKinds.closedDirectory })
      else for (const one of ordered(next.path, names).reverse()) waiting.push(one)
    }
  }
  return stamped(root, entries)
}

interface Found {
  readonly path: BytePath
  readonly isDirectory: boolean
}

/** A directory stands where its members' paths do: with the slash behind its name. */
function ordered(directory: BytePath, names: readonly Dirent[]): Found[] {
  const keyed = names.map((one) => {
    const name = (one.name as unknown as Buffer).toString('latin1')
    return { key: one.isDirectory() ? `${name}/` : name, name, isDirectory: one.isDirectory() }
  })
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1))
  return keyed.map(({ name, isDirectory }) => ({
    path: (directory === '' ? name : `${directory}/${name}`) as BytePath,
    isDirectory,
  }))
}

function namesIn(directory: BytePath): readonly Dirent[] | null {
  try {
    return readdirSync(toFsPath(directory), { withFileTypes: true, encoding: 'buffer' }) as unknown as Dirent[]
  } catch {
    return null
  }
}

function stamped(root: BytePath, entries: readonly Entry[]): TreeScan {
  const kinds = new Uint8Array(entries.length)
  const stamps = new BigInt64Array(entries.length * 5)
  entries.forEach(({ path, kind }, i) => {
    const found = kind === treeKinds.gone ? look(`${root}/${path}` as BytePath) : null
    kinds[i] = found ? kindOf(found) : kind
    if (found) stamps.set([found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs], i * 5)
  })
  return { paths: entries.map((one) => one.path), kinds, stamps }
}

const kindOf = (found: BigIntStats): number =>
  found.isFile() ? treeKinds.file : found.isSymbolicLink() ? treeKinds.link : treeKinds.other

function look(path: BytePath): BigIntStats | null {
  try {
    return lstatSync(toFsPath(path), { bigint: true })
  } catch {
    return null
  }
}
