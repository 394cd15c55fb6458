/** Looks into zip archives without unpacking them: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3. */
import { createRequire } from 'node:module'
import type { BytePath, Probe } from '@roar/core'

/** Loaded when the first such file is met: most runs meet none. */
const zlib = (): typeof import('node:zlib') => createRequire(import.meta.url)('node:zlib')

export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packed: number
  /** Of its local header, in the file that the archive lies in. */
  readonly at: number
}

/** A part of a file: an archive may lie in another one. */
export interface Place {
  readonly path: BytePath
  readonly from: number
  /** null: to the end of the file. */
  readonly length: number | null
}

const endMark = Buffer.from('PK\x05\x06', 'latin1')
/** The end record and the longest comment behind it. */
const endRoom = 22 + 0xffff

/** Empty for what is no archive. `ending`: of the names that are asked for; a jar has thousands of others. */
export function zipEntries(place: Place, probe: Probe, ending?: RegExp): readonly ZipEntry[] {
  const tail = tailOf(place, probe)
  const end = tail.lastIndexOf(endMark)
  if (end < 0 || end + 22 > tail.length) return []
  const [size, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  const bytes = bufferOf(probe.part(place.path, place.from + start, size))
  // One view and one text: a Buffer's own methods are functions of Node's, that nothing has compiled yet when the first jar is met.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = bytes.toString('latin1')
  const entries: ZipEntry[] = []
  for (let at = 0; at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50; ) {
    const end = at + 46 + view.getUint16(at + 28, true)
    if (ending === undefined || ending.test(text.slice(at + 46, end)))
      entries.push({
        name: bytes.toString('utf8', at + 46, end),
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        at: place.from + view.getUint32(at + 42, true),
      })
    at = end + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function tailOf({ path, from, length }: Place, probe: Probe): Buffer {
  if (length === null) return bufferOf(probe.part(path, -endRoom, endRoom))
  const room = Math.min(endRoom, length)
  return bufferOf(probe.part(path, from + length - room, room))
}

/** Where the bytes of an entry lie, as they are packed. */
export function entryPlace(path: BytePath, { at, packed }: ZipEntry, probe: Probe): Place | null {
  const head = bufferOf(probe.part(path, at, 30))
  if (head.length < 30) return null
  return { path, from: at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), length: packed }
}

/** At most 1 MiB of text; null when it is longer, or packed in another way than archives of Java and Python are. */
export const entryText = (path: BytePath, entry: ZipEntry, probe: Probe): string | null =>
  entryBytes(path, entry, probe, 1 << 20)?.toString('utf8') ?? null

/** At most `most` of them, packed or not; null for more. */
export function entryBytes(path: BytePath, entry: ZipEntry, probe: Probe, most: number): Buffer | null {
  const place = entryPlace(path, entry, probe)
  if (place === null || entry.packed > most) return null
  const bytes = bufferOf(probe.part(path, place.from, entry.packed))
  try {
    if (entry.method === 0) return bytes
    return entry.method === 8 ? zlib().inflateRawSync(bytes, { maxOutputLength: most }) : null
  } catch {
    return null
  }
}

const bufferOf = (bytes: Uint8Array | null): Buffer =>
  bytes === null ? Buffer.alloc(0) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
