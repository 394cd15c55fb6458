/** What Python's bytecode was made from: PEP 3147 for its place, PEP 552 for what stands in front of it. */
import type { BytePath, FileStamp, MadeFrom, Probe } from '@roar/core'
import { sourceOf } from '../owner-index/owner-index.ts'

/** null for what is no bytecode in its own place. */
export function bytecodeSource(path: BytePath, probe: Probe): MadeFrom | null {
  const source = sourceOf(path)
  return source === path ? null : { source, fits: (stamp) => fits(probe.head(path, 16), stamp) }
}

/** Behind the magic number: flags (none), time and length; before Python 3.7 without flags. With a digest of the source instead, nobody can tell. */
function fits(head: Uint8Array | null, { mtimeNs, size }: FileStamp): boolean {
  if (head === null || head.length < 16) return false
  const view = new DataView(head.buffer, head.byteOffset, 16)
  const [time, length] = [Number(BigInt.asUintN(32, mtimeNs / 1_000_000_000n)), Number(BigInt.asUintN(32, size))]
  const isAt = (at: number): boolean => view.getUint32(at, true) === time && view.getUint32(at + 4, true) === length
  return isAt(8) ? view.getUint32(4, true) === 0 : isAt(4)
}
