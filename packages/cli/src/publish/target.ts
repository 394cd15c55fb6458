/** What is to be published, by any reference, or by the address that data was recorded under. */
import { fromString } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { lookUp } from '../references/look-up.ts'
import type { Reference } from '../references/reference.ts'

export async function findPublished(services: Services, ref: string): Promise<Reference> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(ref)) {
    const path = fromString(ref)
    const uses = await (await services.get('storeReader')).artifactsAtPath(path)
    if (uses.length > 0) return { is: 'path', path, uses }
  }
  return (await lookUp(services, ref)).reference
}
