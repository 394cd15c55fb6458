/** Opens the store for reading and resolves a REF in it. */
import type { LineageStore } from '@roar/core'
import type { Services } from '../composition/services.ts'
import type { Reference } from './reference.ts'
import { resolveReference } from './resolve.ts'

export interface LookedUp {
  readonly store: LineageStore
  readonly reference: Reference
}

export async function lookUp(services: Services, text: string): Promise<LookedUp> {
  const store = await services.get('storeReader')
  const { root } = await services.get('workspace')
  return { store, reference: await resolveReference({ store, root, directory: services.get('directory') }, text) }
}
