/** Each action's outcome and effect, as its manual page has it. */
import { type Actor, placeOf, slotOf } from './actor.ts'
import { changed, type Flags, flagsOf, mappedRead, openFile, read, stored } from './contents.ts'
import { copiedBytes } from './copies.ts'
import type { FileWorld } from './file-world.ts'
import { Unpredictable } from './file-world.ts'

type Act = (world: FileWorld, actor: Actor, a: string, b: string, c: string) => boolean

const open: Act = (world, actor, slot, name, letters) => {
  actor.slots[Number(slot)] = null
  const file = openFile(world, placeOf(actor, name), flagsOf(letters))
  actor.slots[Number(slot)] = file
  return file !== null
}

/** Below an open directory, without following a link at the end. */
const openBelow: Act = (world, actor, slot, name, letters) => {
  const isLink = world.at(placeOf(actor, name))?.content.target != null
  if (!isLink) return open(world, actor, slot, name, letters)
  actor.slots[Number(slot)] = null
  return false
}

/** stdio opens, does one thing, and closes. */
const buffered =
  (flags: Flags): Act =>
  (world, actor, name) => {
    const file = openFile(world, placeOf(actor, name), flags)
    if (file === null) return false
    if (flags.reads) read(file, 1)
    else stored(file, file.appends ? file.entry.content.size : 0, 8)
    return true
  }

const reading =
  (length: number, at: number | null): Act =>
  (_world, actor, slot) => {
    const file = slotOf(actor, slot)
    if (!file?.reads) return false
    const start = at ?? file.position
    const count = read(file, length, start)
    if (at === null) file.position = start + count
    return true
  }

const writing =
  (length: number, at: number | null): Act =>
  (_world, actor, slot) => {
    const file = slotOf(actor, slot)
    if (!file?.writes) return false
    // Linux appends whatever position pwrite names, where the file is open for appending (pwrite(2), bugs).
    const start = file.appends ? file.entry.content.size : (at ?? file.position)
    stored(file, start, length)
    if (at === null) file.position = start + length
    return true
  }

const close: Act = (_world, actor, slot) => {
  const was = slotOf(actor, slot)
  actor.slots[Number(slot)] = null
  return was !== null
}

const dup: Act = (_world, actor, from, to) => {
  const file = slotOf(actor, from)
  if (file) actor.slots[Number(to)] = file
  return file !== null
}

const dup2: Act = (_world, actor, from, to) => {
  const [file, target] = [slotOf(actor, from), slotOf(actor, to)]
  if (!file || !target) return false
  actor.slots[Number(to)] = file
  return true
}

const rename: Act = (world, actor, from, to) => {
  const [source, target] = [world.at(placeOf(actor, from)), placeOf(actor, to)]
  if (!source || !world.hasRoom(target)) return false
  if (world.at(target)?.content !== source.content) world.rename(source, target)
  return true
}

const exchange: Act = (world, actor, from, to) => {
  const [source, target] = [world.at(placeOf(actor, from)), world.at(placeOf(actor, to))]
  if (!source || !target) return false
  if (source.content !== target.content) world.exchange(source, target)
  return true
}

const link: Act = (world, actor, from, to) => {
  const [source, target] = [world.at(placeOf(actor, from)), placeOf(actor, to)]
  if (!source || world.at(target) || !world.hasRoom(target)) return false
  world.link(source, target)
  return true
}

const symlink: Act = (world, actor, target, name) => {
  const path = placeOf(actor, name)
  if (world.at(path) || !world.hasRoom(path)) return false
  world.make(path, target)
  return true
}

const unlink: Act = (world, actor, name) => {
  const path = placeOf(actor, name)
  const stood = world.at(path) !== undefined
  world.unlink(path)
  return stood
}

const truncate: Act = (world, actor, name, size) => {
  const path = world.resolve(placeOf(actor, name))
  const entry = path === null ? undefined : world.at(path)
  if (entry) changed(entry.content, Number(size))
  return entry !== undefined
}

const ftruncate: Act = (_world, actor, slot, size) => {
  const file = slotOf(actor, slot)
  if (!file?.writes) return false
  changed(file.entry.content, Number(size))
  return true
}

const map =
  (store: boolean): Act =>
  (_world, actor, slot) => {
    const file = slotOf(actor, slot)
    if (!file || file.entry.content.size === 0) return false
    if (!file.reads || (store && !file.writes)) return false
    mappedRead(file)
    if (store) file.entry.content.written = true
    return true
  }

const chdir: Act = (_world, actor, name) => {
  const to = placeOf(actor, name)
  if (name === '..' && actor.directory === '') throw new Unpredictable('outside')
  if (to !== '' && to !== 'd') return false
  actor.directory = to
  return true
}

const reader: Flags = { reads: true, writes: false, creates: false, truncates: false, exclusive: false, appends: false }
const writer: Flags = { ...reader, reads: false, writes: true, creates: true }

export const actions: Readonly<Record<string, Act>> = {
  o: open,
  O: openBelow,
  r: reading(3, null),
  p: reading(2, 0),
  w: writing(2, null),
  q: writing(2, 1),
  c: close,
  d: dup,
  D: dup2,
  m: rename,
  X: exchange,
  l: link,
  s: symlink,
  u: unlink,
  t: truncate,
  T: ftruncate,
  M: map(false),
  N: map(true),
  k: chdir,
  F: buffered(reader),
  W: buffered({ ...writer, truncates: true }),
  A: buffered({ ...writer, appends: true }),
  S: (_world, actor, from, to) => copiedBytes('sendfile', slotOf(actor, from), slotOf(actor, to)),
  C: (_world, actor, from, to) => copiedBytes('copy_file_range', slotOf(actor, from), slotOf(actor, to)),
  P: (_world, actor, from, to) => copiedBytes('splice', slotOf(actor, from), slotOf(actor, to)),
}
