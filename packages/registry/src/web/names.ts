/** Artifacts by a part of a name under which a job used them. Names are sealed in private realms, so they are looked at, newest jobs first, and no further. */
import type { ArtifactLine } from '@roar/web'
import { type Principal, realmsOf } from '../identity/principal.ts'
import { artifactsById } from '../read/find.ts'
import type { Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import { artifactLine } from './lineage-views.ts'

const mostJobs = 200
const mostEdges = 20_000
const mostFound = 20

export async function artifactsByName(registry: Registry, principal: Principal, text: string): Promise<ArtifactLine[]> {
  const words = text.toLowerCase()
  const found = await Promise.all(realmsOf(principal).map((realm) => namesIn(registry, realm, words)))
  return found.flat().slice(0, mostFound)
}

async function namesIn({ database }: Registry, realm: Realm, words: string): Promise<ArtifactLine[]> {
  const newest = database.read
    .selectFrom('jobs')
    .select('id')
    .where('realm', '=', realm.id)
    .where('withdrawn_at', 'is', null)
    .orderBy('first_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostJobs)
  const ids = (await newest.execute()).map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await database.read.selectFrom('edges').selectAll().where('job', 'in', ids).limit(mostEdges).execute()
  const paths = new Map<string, string>()
  for (const sealed of rows) {
    if (paths.size === mostFound) break
    const { artifact, path } = openRow(realm, 'edges', sealed)
    if (path?.toLowerCase().includes(words)) paths.set(artifact.toString('latin1'), path)
  }
  const artifacts = await artifactsById(
    database.read,
    realm,
    [...paths.keys()].map((id) => Buffer.from(id, 'latin1')),
  )
  return artifacts.flatMap(({ row }) => artifactLine(row, paths.get(row.id.toString('latin1')) ?? null))
}
