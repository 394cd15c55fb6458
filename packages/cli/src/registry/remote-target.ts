/** What a registry can be asked for: a digest, a session, the address of a page, or the content of a file here. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fromString, type RecipeTarget, RoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import { parseDigest } from '../references/digest.ts'

/** Null: the text names nothing that a registry knows. */
export async function namedTarget(ref: string): Promise<RecipeTarget | null> {
  const session = /(?:^session:|\/dag\/)([0-9a-f]{64})$/i.exec(ref)?.[1]
  if (session) return { session: session.toLowerCase() }
  // The address of an artifact's page will do as well.
  const text = /\/artifact\/([^/?#]+)$/.exec(ref)?.[1] ?? ref
  const digest = await parseDigest(text)
  if (digest === null) return null
  return { digest: digest.algorithm ? `${digest.algorithm}:${digest.value}` : digest.value }
}

/** Also of a file, by what is in it. */
export async function remoteTarget(services: Services, ref: string): Promise<RecipeTarget> {
  const path = resolve(services.get('directory'), ref)
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) {
    const hashes = await services.get('hashes')
    const [file] = await hashes.hash([fromString(path)], { algorithms: ['blake3'] })
    if (file?.digests?.blake3) return { digest: `blake3:${file.digests.blake3}` }
  }
  const target = await namedTarget(ref)
  if (target !== null) return target
  throw new RoarError('ROAR_USAGE', `A registry is asked for a digest, a file or a session, not for ${visible(ref)}.`, {
    exitCode: 2,
    remedy: ['Give 8 or more hexadecimal digits, session:HASH, or a file that is here.'],
  })
}

export const notPublished = (ref: string, url: string): RoarError =>
  new RoarError('ROAR_REF_UNKNOWN', `${url} does not know ${visible(ref)}.`, {
    remedy: ['roar register, where it was recorded, publishes its lineage', 'roar login, if it is private'],
  })
