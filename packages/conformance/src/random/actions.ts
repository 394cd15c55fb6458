/** Each action's outcome and effect, as its manual page has it. */
import { type Actor, placeOf, slotOf } from './actor.ts'
import { changed, type Flags, flagsOf, openFile, read, stored } from './contents.ts'
import { copiedBytes } from './copies.ts'
import { type Directory, type FileWorld, normal, Unpredictable } from './file-world.ts'

type Act = (world: FileWorld, actor: Actor, a: string, b: string, c: string) => boolean

const reader: Flags = { reads: true, writes: false, creates: false, truncates: false, exclusive: false, appends: false }
const writer: Flags = { ...reader, reads: false, writes: true, creates: true }

const open: Act = (world, actor, slot, name, letters) => {
  actor.slots[Number(slot)] = null
  const file = openFile(world, placeOf(actor, name), flagsOf(letters))
  actor.slots[Number(slot)] = file
  return file !== null
}

/** The directory that a name is opened below: once open, it is the same one wherever it goes. */
function parentOf(world: FileWorld, actor: Actor, name: string): Directory | undefined {
  const slash = name.indexOf('/')
  const prefix = slash < 0 ? '.' : name.slice(0, slash)
  const here = prefix === '.' ? actor.directory : world.directory(placeOf(actor, prefix))
  const parent = actor.parents.get(prefix) ?? here
  if (parent) actor.parents.set(prefix, parent)
  return parent
}

/** Below an open directory, without following a link at the end. */
const openBelow: Act = (world, actor, slot, name, letters) => {
  actor.slots[Number(slot)] = null
  const parent = parentOf(world, actor, name)
  const path = parent && normal(`${parent.path}/${name.slice(name.indexOf('/') + 1)}`)
  if (path === undefined || world.at(path)?.content.target != null) return false
  const file = openFile(world, path, flagsOf(letters))
  actor.slots[Number(slot)] = file
  return file !== null
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

/** A FILE of a copy of the descriptor: what it read ahead it steps back over when it is closed. */
const borrowed =
  (store: boolean): Act =>
  (_world, actor, slot) => {
    const file = slotOf(actor, slot)
    if (!file || !(store ? file.writes : file.reads)) return false
    if (!store) file.position += read(file, 1, file.position)
    else {
      const start = file.appends ? file.entry.content.size : file.position
      stored(file, start, 8)
      file.position = start + 8
    }
    return true
  }

const update: Act = (world, actor, name) => {
  const file = openFile(world, placeOf(actor, name), { ...reader, writes: true })
  if (file === null) return false
  read(file, 1)
  stored(file, 0, 7)
  return true
}

/** `cat < from > to`. */
const redirect: Act = (world, actor, from, to) => {
  const source = openFile(world, placeOf(actor, from), reader)
  const target = source && openFile(world, placeOf(actor, to), { ...writer, truncates: true })
  if (!source || !target) return false
  const { content } = source.entry
  if (content === target.entry.content) throw new Unpredictable('onto itself')
  read(source, content.size)
  if (content.size > 0) stored(target, 0, content.size)
  return true
}

/** A file without a name, which gets one. */
const lateName: Act = (world, actor, name) => {
  const path = placeOf(actor, name)
  if (world.at(path) || !world.hasRoom(path)) return false
  world.make(path).content.size = 2
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

/** Onto nothing: the only other directory there could be is the one above. */
function moveDirectory(world: FileWorld, to: string): boolean {
  const isFree = world.at(to) === undefined && world.hasRoom(to) && !to.startsWith(`${world.below.path}/`)
  if (isFree) world.moveDirectory(to)
  return isFree || to === world.below.path
}

const rename: Act = (world, actor, from, to) => {
  const [place, target] = [placeOf(actor, from), placeOf(actor, to)]
  if (place === '' || target === '') throw new Unpredictable('the directory of all')
  if (place === world.below.path) return moveDirectory(world, target)
  const source = world.at(place)
  if (!source || !world.hasRoom(target)) return false
  // Two names of one file: nothing happens (rename(2)).
  if (world.at(target)?.content === source.content) return true
  source.content.touched = true
  world.rename(source, target)
  return true
}

const exchange: Act = (world, actor, from, to) => {
  const [source, target] = [world.at(placeOf(actor, from)), world.at(placeOf(actor, to))]
  if (!source || !target) return false
  if (source.content === target.content) return true
  source.content.touched = target.content.touched = true
  world.exchange(source, target)
  return true
}

const link: Act = (world, actor, from, to) => {
  const [source, target] = [world.at(placeOf(actor, from)), placeOf(actor, to)]
  if (!source || world.at(target) || !world.hasRoom(target)) return false
  source.content.touched = true
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
    read(file, 1)
    if (store) file.entry.content.written = true
    return true
  }

const chdir: Act = (world, actor, name) => {
  if (name === '..' && actor.directory === world.top) throw new Unpredictable('outside')
  const to = world.directory(placeOf(actor, name))
  actor.parents.clear()
  if (to) actor.directory = to
  return to !== undefined
}

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
  G: borrowed(false),
  H: borrowed(true),
  L: lateName,
  J: update,
  Y: redirect,
  B: reading(2, null),
  E: writing(2, 0),
  S: (_world, actor, from, to) => copiedBytes('sendfile', slotOf(actor, from), slotOf(actor, to)),
  C: (_world, actor, from, to) => copiedBytes('copy_file_range', slotOf(actor, from), slotOf(actor, to)),
  P: (_world, actor, from, to) => copiedBytes('splice', slotOf(actor, from), slotOf(actor, to)),
}
