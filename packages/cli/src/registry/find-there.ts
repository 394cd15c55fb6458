/** Asks a registry for an artifact by its digest. */
import type { PublishedArtifact } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { connectRegistry } from './connect-registry.ts'

export interface RemoteArtifact {
  readonly url: string
  readonly artifact: PublishedArtifact
}

/** Null: it is not there, or not for us to see. */
export async function findThere(
  services: Services,
  digest: { readonly value: string; readonly algorithm?: string | undefined },
  address: string | null,
): Promise<RemoteArtifact | null> {
  const { registry, url } = await connectRegistry(services, address)
  const name = digest.algorithm ? `${digest.algorithm}:${digest.value}` : digest.value
  const artifact = await registry.artifact(name)
  return artifact && { url, artifact }
}
