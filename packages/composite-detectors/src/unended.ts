/** Members that a writer left in the middle: of formats that have an end as they have a beginning. */
import type { BytePath } from '@roar/core'
import type { Directory } from './directory.ts'

/** Each costs a look at both of its ends. */
const mostLooked = 1000

const text = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('latin1')
/** Of a stream of Arrow's, in front of each message; with a length of nothing it is the mark that writers put at the end when they are closed. */
const continuation = '\xff\xff\xff\xff'
const isClosed = (name: string, at: Directory): boolean => text(at.tail(name, 8)) === `${continuation}\0\0\0\0`
const zeros = Buffer.alloc(1024)

/** Does what has this beginning lack its end? What begins as something else is not judged. */
const isCut: Readonly<Record<string, (name: string, at: Directory) => boolean>> = {
  parquet: (name, at) => {
    const head = text(at.head(name, 4))
    return (head === 'PAR1' || head === 'PARE') && text(at.tail(name, 4)) !== head
  },
  arrow: (name, at) => {
    const head = text(at.head(name, 6))
    return head === 'ARROW1' ? text(at.tail(name, 6)) !== head : head.startsWith(continuation) && !isClosed(name, at)
  },
  // POSIX, `ustar` interchange format: two blocks of zeros mark the end.
  tar: (name, at) => text(at.head(name, 262)).slice(257) === 'ustar' && !zeros.equals(at.tail(name, 1024) ?? zeros),
  safetensors: (name, at) => isShortSafetensors(name, at),
}
const sameAs: Readonly<Record<string, string>> = { parq: 'parquet', feather: 'arrow', ipc: 'arrow', arrows: 'arrow' }

export const hasEnd = (ending: string): boolean => (sameAs[ending] ?? ending) in isCut

/** Length of the header, the header, and as many bytes as its tensors have. */
function isShortSafetensors(name: string, at: Directory): boolean {
  const first = at.head(name, 8)
  if (first?.length !== 8) return false
  const length = Number(Buffer.from(first).readBigUInt64LE())
  if (length < 2 || length > 16 << 20) return false
  const header = at.part(name, 8, length)
  if (header === null || header.length < length) return text(at.head(name, 9)).endsWith('{')
  const ends = [...text(header).matchAll(/"data_offsets":\s*\[\s*\d+\s*,\s*(\d+)/g)].map(([, end]) => Number(end))
  const end = Math.max(0, ...ends)
  return end > 0 && at.part(name, 8 + length + end - 1, 1)?.length !== 1
}

/** Null: none is known to be; said in words otherwise. */
export function unended(paths: readonly BytePath[], at: Directory): string | null {
  const cut = paths.slice(-mostLooked).filter((path) => {
    const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
    return isCut[sameAs[ending] ?? ending]?.(path, at) === true
  })
  if (cut.length === 0) return null
  return cut.length === 1 ? `${cut[0]} has no end` : `${cut.length} files have no end: ${cut[0]}, …`
}
