/** Lists of access kinds in the order of first occurrence. There are few different ones: files share them. */
import type { AccessKind } from '../model.ts'

export type AccessList = readonly AccessKind[]

export const noAccess: AccessList = []
const longer = new Map<AccessList, Map<AccessKind, AccessList>>()

export function withAccess(list: AccessList, kind: AccessKind): AccessList {
  if (list.includes(kind)) return list
  const next = longer.get(list) ?? new Map<AccessKind, AccessList>()
  const result = next.get(kind) ?? [...list, kind]
  longer.set(list, next.set(kind, result))
  return result
}
