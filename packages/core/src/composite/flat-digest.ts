/** The flat digests that other recorders give to directories: `roar:<algorithm>-tree:v1`. Computed too, so that either finds the other. */
import type { Digests } from '../model.ts'
import type { CompositePort } from '../ports.ts'
import { digestAt, hex, type MemberList } from './member-list.ts'

/** Some 64 KiB of lines are hashed at once. */
const linesAtOnce = 512

export function flatDigests(list: MemberList, { hasher }: Pick<CompositePort, 'hasher'>): Digests {
  const digests: Record<string, string> = { 'composite-blake3': flat(list, list.digests, 'blake3', hasher) }
  if (list.sha256) digests['composite-sha256'] = flat(list, list.sha256, 'sha256', hasher)
  return digests
}

/** A line for each member: path, NUL, `algorithm:digest`. Type and size do not enter. */
function flat(
  { paths }: MemberList,
  digests: Uint8Array,
  algorithm: 'blake3' | 'sha256',
  hasher: CompositePort['hasher'],
): string {
  const combined = hasher(algorithm)
  combined.update(Buffer.from(`roar:${algorithm}-tree:v1\n`))
  for (let from = 0; from < paths.length; from += linesAtOnce) {
    let lines = ''
    const to = Math.min(from + linesAtOnce, paths.length)
    for (let i = from; i < to; i++) lines += `${paths[i]}\0${algorithm}:${hex(digestAt(digests, i))}\n`
    combined.update(Buffer.from(lines, 'latin1'))
  }
  return hex(combined.digest())
}
