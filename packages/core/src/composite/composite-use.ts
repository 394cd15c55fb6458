/** How a job used a composite: whether it was whole, and the part that was touched. */
import type { CompositeUse, Manifest } from '../model.ts'
import type { CompositePort } from '../ports.ts'
import { identify } from './identify.ts'
import { type MemberList, totalSize } from './member-list.ts'

export interface Touched {
  /** Why it is not whole. */
  readonly incomplete: string | null
  /** The members that the job touched; null when it was all of them. */
  readonly part: MemberList | null
  /** False where the bytes of one of them are not known any more. */
  readonly isPartKnown: boolean
  /** Of all members; null where they have no digest together. */
  readonly manifest: Manifest | null
}

export function compositeUse(
  { incomplete, part, isPartKnown, manifest }: Touched,
  port: Pick<CompositePort, 'hashEach' | 'hasher'>,
): CompositeUse {
  const identified = part && isPartKnown ? identify(part, port) : null
  return {
    complete: incomplete === null,
    incomplete,
    part: part && {
      members: part.paths.length,
      size: totalSize(part),
      digest: identified?.digests.blake3 ?? null,
      ...(identified && { manifest: identified.manifest }),
    },
    ...(manifest && { manifest }),
  }
}
