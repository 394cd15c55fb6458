/** Did code run that no commit has? What `get` and `put` move, roar moves itself: a work tree that differs says nothing of it. */
import type { JobKind } from '@roar/core'

export const ranDirty = ({ dirty, kind }: { readonly dirty: boolean; readonly kind: JobKind }): boolean =>
  dirty && kind !== 'get' && kind !== 'put'
