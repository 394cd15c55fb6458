/** The kinds of access of an edge as one number. The order is stored: append, never change. */
import type { AccessKind } from '@roar/core'

const accessKinds: readonly AccessKind[] = [
  'read',
  'executed',
  'mapped',
  'created',
  'written',
  'truncated',
  'appended',
  'renamed',
  'linked',
  'may-write',
]

export const accessBits = (kinds: readonly AccessKind[]): number =>
  kinds.reduce((bits, kind) => bits | (1 << accessKinds.indexOf(kind)), 0)

export const accessList = (bits: number): readonly AccessKind[] => accessKinds.filter((_, i) => bits & (1 << i))
