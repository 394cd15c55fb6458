/** Compares two recorded contents as values, where files with their digests still lie somewhere. */
import { type ArtifactRow, type BytePath, display, fromString } from '@roar/core'
import { findContents, type Tolerance } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import { compareContents } from '../reproduce/compare-contents.ts'

export interface TwoContents {
  readonly path: string
  readonly a: ArtifactRow | null
  readonly b: ArtifactRow | null
}

export async function compareAtHand(services: Services, ask: () => Promise<TwoContents | null>, tolerance: Tolerance) {
  const contents = await ask()
  if (!contents?.a || !contents.b) return null
  const files = await find(services, [contents.a, contents.b])
  const [expected, found] = files
  if (!expected || !found) return null
  const name = contents.path === '' ? display(expected) : contents.path
  const pair = { name, format: contents.a.format, expected: display(expected), found: display(found), tolerance }
  const compared = await compareContents(await services.get('plugins'), pair)
  return compared && { path: name, verdict: compared.verdict, difference: compared.difference }
}

async function find(services: Services, artifacts: readonly ArtifactRow[]): Promise<readonly (BytePath | null)[]> {
  const [store, plugins, hashes, { root }] = await Promise.all([
    services.get('storeReader'),
    services.get('plugins'),
    services.get('hashes'),
    services.get('workspace'),
  ])
  const known = new Set(plugins.contributions('hashes').map((one) => one.name))
  const room = {
    knows: (name: string) => known.has(name),
    hash: (paths: readonly BytePath[], algorithms: readonly string[]) => hashes.hash(paths, { algorithms }),
  }
  const records = await Promise.all(artifacts.map((one) => store.artifact(one.id)))
  const absolute = (path: BytePath) => (path.startsWith('/') ? path : (`${fromString(root)}/${path}` as BytePath))
  const wanted = artifacts.map((one, index) => ({
    ...one,
    candidates: (records[index]?.locations ?? []).map(absolute),
  }))
  return findContents(room, wanted, [])
}
