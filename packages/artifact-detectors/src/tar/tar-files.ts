/** The regular files of a tar archive, with names as bytes: ustar, the long names of pax and of GNU (POSIX.1-2017, pax; `info tar`, "Basic Tar Format"). */

export interface TarFile {
  readonly name: string
  readonly content: Uint8Array
}

const block = 512

/** Up to where it is damaged. */
export function* tarFiles(bytes: Uint8Array): Iterable<TarFile> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let longName: string | null = null
  for (let at = 0; at + block <= archive.length && archive[at] !== 0; ) {
    const head = archive.subarray(at, at + block)
    const size = Number.parseInt(text(head, 124, 12), 8)
    const content = archive.subarray(at + block, at + block + size)
    if (!(size >= 0) || content.length < size) return
    const type = text(head, 156, 1)
    if (type === 'x') longName = paxPath(content) ?? longName
    else if (type === 'L') longName = text(content, 0, size)
    else {
      if (type === '0' || type === '') yield { name: longName ?? ustarName(head), content }
      longName = null
    }
    at += block + Math.ceil(size / block) * block
  }
}

function ustarName(head: Buffer): string {
  const prefix = text(head, 257, 5) === 'ustar' && head[262] === 0 ? text(head, 345, 155) : ''
  return prefix === '' ? text(head, 0, 100) : `${prefix}/${text(head, 0, 100)}`
}

/** `27 path=package/lib/x.js\n`, among others. */
function paxPath(content: Buffer): string | null {
  for (let at = 0; at < content.length; ) {
    const length = Number.parseInt(content.toString('latin1', at, at + 20), 10)
    if (!(length > 0)) return null
    const [, name] = /^\d+ path=(.*)\n$/s.exec(content.toString('latin1', at, at + length)) ?? []
    if (name !== undefined) return name
    at += length
  }
  return null
}

/** Up to a NUL. */
const text = (bytes: Buffer, at: number, length: number): string =>
  bytes.toString('latin1', at, at + length).split('\0', 1)[0] ?? ''
