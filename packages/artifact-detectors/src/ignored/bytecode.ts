/** What Python's bytecode was made from: PEP 3147 for its place, PEP 552 for what stands in front of it. */
import type { BytePath, FileStamp, MadeFrom, Probe } from '@roar/core'
import { sourceOf } from '../owner-index/owner-index.ts'

/** null for what is no bytecode in a place of its own. */
export function bytecodeSource(path: BytePath, probe: Probe): MadeFrom | null {
  const beside = sourceOf(path)
  const source = beside === path ? sourceBelowPrefix(path, probe) : beside
  return source && { source, fits: (stamp) => fits(probe.head(path, 16), stamp) }
}

/** With PYTHONPYCACHEPREFIX it lies below another root, at the source's own path: `/prefix/home/u/a.cpython-311.pyc`. Nobody tells where the root ends. */
function sourceBelowPrefix(path: string, probe: Probe): BytePath | null {
  const [, place = '', name] = /^(.*\/)([^/.]+)\.(?:cpython|pypy)[^/]*\.pyc$/.exec(path) ?? []
  for (let at = place.indexOf('/', 1); name !== undefined && at > 0; at = place.indexOf('/', at + 1)) {
    const source = `${place.slice(at)}${name}.py` as BytePath
    if (probe.exists(source)) return source
  }
  return null
}

/** Behind the magic number: flags (none), time and length; before Python 3.7 without flags. With a digest of the source instead, nobody can tell. */
function fits(head: Uint8Array | null, { mtimeNs, size }: FileStamp): boolean {
  if (head === null || head.length < 16) return false
  const view = new DataView(head.buffer, head.byteOffset, 16)
  const [time, length] = [Number(BigInt.asUintN(32, mtimeNs / 1_000_000_000n)), Number(BigInt.asUintN(32, size))]
  const isAt = (at: number): boolean => view.getUint32(at, true) === time && view.getUint32(at + 4, true) === length
  return isAt(8) ? view.getUint32(4, true) === 0 : isAt(4)
}
