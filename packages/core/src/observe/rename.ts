/** What a rename does to the contents of a job: the name moves, what stood there is replaced, or changes places. */
import { type RenameEvent, renameKinds } from '@roar/trace-protocol'
import type { BytePath } from '../byte-path.ts'
import { withAccess } from './access-list.ts'
import { type Contents, replacedKey } from './contents.ts'
import { type FileNode, isDirectory } from './file-node.ts'

export function rename(contents: Contents, event: RenameEvent): void {
  const { names } = contents
  const [from, to] = [event.from as BytePath, event.to as BytePath]
  // Of an exchange it lives on under the other name.
  const other = event.kind === renameKinds.exchange ? contents.replaced(event, to) : undefined
  const node = contents.known(event, from)
  note(node, event.pid)
  moveTrees(contents, event, from, to)
  detachReplaced(contents, event, to)
  names.release(from, !names.madeByJob(from))
  names.bind(to, node, true)
  if (other === undefined) return
  note(other, event.pid)
  names.bind(from, other, true)
}

function note(node: FileNode, pid: number): void {
  node.access = withAccess(node.access, 'renamed')
  node.moved = true
  node.processes.add(pid)
}

function detachReplaced(contents: Contents, event: RenameEvent, to: BytePath): void {
  const { names } = contents
  const carried = () => contents.carried(replacedKey(event), event.replacedMode, to)
  const before = names.at(to) ?? (event.replacedIno ? carried() : undefined)
  // A content that is known by one name only dies with it; its inode number may come again.
  if (before && event.kind === renameKinds.plain && before.names.size === 1) before.dead = true
  if (event.replacedIno && !names.madeByJob(to)) names.release(to, true)
}

type Members = readonly (readonly [below: string, node: FileNode])[]

/** Of two that change places, one steps aside, to where no path leads: no name of the job's, so that nothing is bound there. */
function moveTrees(contents: Contents, event: RenameEvent, from: BytePath, to: BytePath): void {
  const aside = `${to}\0` as BytePath
  const swaps = event.kind === renameKinds.exchange && isDirectory(event.replacedMode)
  const stepped = swaps ? takeTree(contents, to, aside) : []
  if (isDirectory(event.mode)) putTree(contents, to, takeTree(contents, from, to))
  if (!swaps) return
  contents.moved.move(aside, from)
  contents.moved.forget(aside)
  putTree(contents, from, stepped)
}

function takeTree({ names, moved }: Contents, from: BytePath, to: BytePath): Members {
  if (!names.madeByJob(from)) moved.move(from, to)
  const members: [string, FileNode][] = []
  for (const path of [...names.below(from)]) {
    const node = names.at(path)
    if (!node) continue
    names.release(path, !names.madeByJob(path))
    members.push([path.slice(from.length), node])
  }
  return members
}

function putTree({ names }: Contents, to: BytePath, members: Members): void {
  for (const [below, node] of members) {
    names.bind((to + below) as BytePath, node, true)
    node.moved = true
  }
}
