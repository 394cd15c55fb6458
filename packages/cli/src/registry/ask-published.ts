/** Answers from a registry for `show`, `find` and `lineage`. */
import type { PublishedArtifact, PublishedLineage, PublishedSession } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { connectRegistry } from './connect-registry.ts'
import type { AskedRegistry } from './registry-option.ts'
import { notPublished, remoteTarget } from './remote-target.ts'

export interface PublishedDocument {
  readonly schema: 'roar.published/1'
  readonly of: string
  /** Its address. */
  readonly registry: string
  readonly artifact: PublishedArtifact | null
  readonly session: PublishedSession | null
  readonly lineage: PublishedLineage | null
}

const nothing = { artifact: null, session: null, lineage: null }

export async function showPublished(services: Services, of: string, asked: AskedRegistry): Promise<PublishedDocument> {
  const target = await remoteTarget(services, of)
  const { registry, url } = await connectRegistry(services, asked.address)
  const about = { schema: 'roar.published/1' as const, of, registry: url, ...nothing }
  if ('session' in target) {
    const session = await registry.session(target.session)
    if (session) return { ...about, session }
  } else {
    const artifact = await registry.artifact(target.digest)
    if (artifact) return { ...about, artifact }
  }
  throw notPublished(of, url)
}

/** Deeper than any pipeline that people draw; the registry cuts by number and says so. */
const depth = 1000

export async function publishedLineage(
  services: Services,
  of: string,
  asked: AskedRegistry,
): Promise<PublishedDocument> {
  const target = await remoteTarget(services, of)
  const { registry, url } = await connectRegistry(services, asked.address)
  const about = { schema: 'roar.published/1' as const, of, registry: url, ...nothing }
  const lineage = 'session' in target ? null : await registry.lineage(target.digest, { depth, direction: 'up' })
  if (lineage === null) throw notPublished(of, url)
  return { ...about, lineage }
}
