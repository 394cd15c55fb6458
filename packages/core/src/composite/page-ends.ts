/** Where the pages of a member list end. It depends on names alone, so that one member more or less moves only the ends near it. */
import type { BytePath } from '../byte-path.ts'

/** Members of a page. With these a million members have some 4,000 pages, and a proof of at most 9 + 12 digests. */
export const pageLimits = { least: 128, most: 512 } as const

/** FNV-1a, 32 bits (RFC 9923), of the path's bytes. */
export function pathHash(path: BytePath): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < path.length; i++) hash = Math.imul(hash ^ path.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** A page ends behind a path whose hash begins with seven zero bits, if it has enough members; and where it has the most. */
export function pageEnds(paths: readonly BytePath[]): readonly number[] {
  const ends: number[] = []
  let start = 0
  for (let i = 0; i < paths.length; i++) {
    const members = i + 1 - start
    if (members < pageLimits.least) continue
    if (members < pageLimits.most && pathHash(paths[i] as BytePath) >>> 25 !== 0) continue
    ends.push(i + 1)
    start = i + 1
  }
  if (start < paths.length) ends.push(paths.length)
  return ends
}
