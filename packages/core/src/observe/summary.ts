/** The end of the fold: what each content was to the job. */
import type { BytePath } from '../byte-path.ts'
import type { ProcessRecord } from '../model.ts'
import { type FileNode, hasNewName, isDirectory, isRegular } from './file-node.ts'
import type { Namespace } from './namespace.ts'
import type { ObservedFile, ObservedJob } from './observed.ts'

export function summarise(
  nodes: readonly FileNode[],
  names: Namespace,
  standing: ReadonlySet<BytePath>,
  movedTrees: ReadonlyMap<BytePath, BytePath>,
  directories: ReadonlySet<BytePath>,
  processes: readonly ProcessRecord[],
): ObservedJob {
  const files = nodes.filter(isRegular)
  return {
    inputs: files.filter((node) => node.readAs !== null).map(asInput),
    outputs: files.filter(isOutput).map((node) => asOutput(node, names)),
    internal: files.filter((node) => node.readBack && node.readAs === null).flatMap(anyName),
    temporary: names.temporary(standing),
    unnamed: files.filter((node) => node.created && !node.everNamed).length,
    linked: files.filter(isOnlyLinked).map(asLinked),
    deleted: names.deleted().filter((path) => !(directories.has(path) && isInhabited(names, path))),
    deletedDirectories: directories,
    movedTrees: [...movedTrees].map(([to, from]) => ({ from, to })).filter(({ to }) => isLiveTree(names, to)),
    processes,
  }
}

const isOutput = (node: FileNode): boolean =>
  node.names.size > 0 &&
  (node.created || node.written || node.mayWrite || (hasNewName(node) && (isMoved(node) || isMovedByHand(node))))

/** One that stands at all of its old names was not moved: a link of the job's own was (`ln -f` links under a temporary name). */
const isMoved = (node: FileNode): boolean =>
  node.moved && (node.original.size === 0 || [...node.original].some((name) => !node.names.has(name)))

/** A new link, and the old names removed. */
const isMovedByHand = (node: FileNode): boolean =>
  node.access.includes('linked') && ![...node.original].some((name) => node.names.has(name))

const isOnlyLinked = (node: FileNode): boolean =>
  node.access.includes('linked') && node.readAs === null && node.original.size > 0 && !isOutput(node)

function asLinked(node: FileNode): ObservedJob['linked'][number] {
  const path = node.original.first() as BytePath
  return { path, names: otherNames(node, path) }
}

const anyName = (node: FileNode): BytePath[] => [...node.names].slice(0, 1)

const isLiveTree = (names: Namespace, to: BytePath): boolean => {
  const node = names.at(to)
  return node !== undefined && isDirectory(node.mode)
}

/** Another directory of the same name stands: what lies below it says so. */
const isInhabited = (names: Namespace, directory: BytePath): boolean => names.below(directory).next().done === false

// Each property by itself: a spread takes five times as long, and there are a hundred thousand of them.

function asInput(node: FileNode): ObservedFile {
  const path = node.readAs as BytePath
  return {
    path,
    names: otherNames(node, path),
    location: node.names.has(path) ? path : (node.names.first() ?? null),
    stamp: node.readStamp,
    access: node.access,
    processes: pidsOf(node),
    destroyed: node.written || node.mayWrite || node.names.size === 0,
    onlyMayWrite: isOnlyMayWrite(node),
    mappedStamp: node.mayWriteStamp,
  }
}

function asOutput(node: FileNode, names: Namespace): ObservedFile {
  const path = node.names.first() as BytePath
  const output: ObservedFile = {
    path,
    names: otherNames(node, path),
    location: path,
    stamp: null,
    access: node.access,
    processes: pidsOf(node),
    destroyed: false,
    onlyMayWrite: isOnlyMayWrite(node),
    mappedStamp: node.mayWriteStamp,
    place: node.place,
    ...(node.readBackAt >= 0 && { readBackAt: node.readBackAt }),
    identity: node.created && !node.key.startsWith('path:') ? node.key : null,
  }
  const base = baseOf(node, path)
  if (base === null && !names.isReplaced(path)) return output
  return {
    ...output,
    ...(names.isReplaced(path) && { replaced: true }),
    ...(base !== null && { base, ...(node.readBack && { readBack: true }) }),
  }
}

/** What was read is an input of its own; what was truncated had nothing to keep. */
function baseOf(node: FileNode, path: BytePath): BytePath | null {
  if (node.created || node.readAs !== null || node.access.includes('truncated')) return null
  return node.original.has(path) ? path : (node.original.first() ?? null)
}

const isOnlyMayWrite = (node: FileNode): boolean =>
  node.mayWrite && !node.written && !node.created && !(node.moved && hasNewName(node))

/** Most files are touched by one process, and thousands of files by the same one: those share a list. */
const single = new Map<number, readonly number[]>()

function pidsOf({ processes }: FileNode): readonly number[] {
  if (processes.size !== 1) return [...processes]
  const pid = processes.first() as number
  const list = single.get(pid) ?? [pid]
  single.set(pid, list)
  return list
}

const none: readonly BytePath[] = []

function otherNames(node: FileNode, path: BytePath): readonly BytePath[] {
  if (node.aliases === null && node.names.size <= 1 && node.names.first() === path) return none
  return [...node.names, ...(node.aliases ?? [])].filter((name) => name !== path)
}
