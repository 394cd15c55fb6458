/** What opens, reads and writes do to a content, and to what is to be said of it. */
import type { Content, FileWorld, OpenFile } from './file-world.ts'

export interface Flags {
  readonly reads: boolean
  readonly writes: boolean
  readonly creates: boolean
  readonly truncates: boolean
  readonly exclusive: boolean
  readonly appends: boolean
}

export const flagsOf = (letters: string): Flags => ({
  reads: !letters.includes('w'),
  writes: /[wb]/.test(letters),
  creates: letters.includes('c'),
  truncates: letters.includes('t'),
  exclusive: letters.includes('x'),
  appends: letters.includes('a'),
})

export function openFile(world: FileWorld, path: string, flags: Flags): OpenFile | null {
  const stood = world.at(path) !== undefined
  if (flags.creates && flags.exclusive && stood) return null
  const place = world.resolve(path)
  if (place === null) return null
  const entry = world.at(place) ?? (flags.creates && world.hasRoom(place) ? world.make(place) : null)
  if (!entry) return null
  if (flags.truncates) changed(entry.content, 0)
  entry.content.readable ||= flags.reads
  return { entry, reads: flags.reads, writes: flags.writes, appends: flags.appends, position: 0 }
}

/** How many bytes come. A read at the end of the file is one, too: it says that nothing more is there. */
export function read({ entry }: OpenFile, length: number, start = 0): number {
  asked(entry.content, entry.path)
  return Math.max(0, Math.min(length, entry.content.size - start))
}

/** The first read of bytes that the job has not written makes an input. */
export function asked(content: Content, path: string): void {
  content.touched = true
  if (content.written) return
  if (content.maybeWritten) content.maybeReadAs ??= path
  else if (content.readAs === null) {
    content.readAs = path
    content.readEmpty = content.size === 0
  }
}

export function stored({ entry: { content } }: OpenFile, start: number, length: number): void {
  content.touched = true
  content.written = true
  content.size = Math.max(content.size, start + length)
}

/** Cut or grown. To the size that it has: whether that is a change is left open. */
export function changed(content: Content, size: number): void {
  content.touched = true
  if (content.size === size) content.maybeWritten = true
  else content.written = true
  content.size = size
}
