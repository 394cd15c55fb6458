/** A database that was filled before names had rows gets them. */
import type { Writer } from '../database/database.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { fillLater, type Realms } from './fill-later.ts'
import { namesOf } from './name-rows.ts'

const edgesAtOnce = 1000
type Place = readonly [job: string, role: number, artifact: string, place: string]

export const fillNames = (registry: Registry, signal?: AbortSignal): Promise<void> =>
  fillLater<Place>(
    registry,
    {
      fact: 'names_filled',
      beginning: ['', -1, '', ''],
      some: (tx, realms, at) => fillSome(registry, tx, realms, at),
    },
    signal,
  )

async function fillSome({ database }: Registry, tx: Writer, realms: Realms, at: Place): Promise<Place | null> {
  const rows = await edgesAfter(tx, at)
  const names: Row<'names'>[] = []
  for (const { realm: id, ...edge } of rows) {
    const realm = await realms.byId(tx, id)
    if (realm) names.push(...namesOf(realm, openRow(realm, 'edges', edge)))
  }
  await database.insertNew(tx, 'names', names)
  const last = rows.at(-1)
  if (!last || rows.length < edgesAtOnce) return null
  return [last.job.toString('hex'), last.role, last.artifact.toString('hex'), last.place.toString('hex')]
}

const edgesAfter = (tx: Writer, [job, role, artifact, place]: Place) =>
  tx
    .selectFrom('edges')
    .innerJoin('jobs', 'jobs.id', 'edges.job')
    .selectAll('edges')
    .select('jobs.realm')
    .where((eb) =>
      eb(
        eb.refTuple('edges.job', 'edges.role', 'edges.artifact', 'edges.place'),
        '>',
        eb.tuple(Buffer.from(job, 'hex'), role, Buffer.from(artifact, 'hex'), Buffer.from(place, 'hex')),
      ),
    )
    .orderBy('edges.job')
    .orderBy('edges.role')
    .orderBy('edges.artifact')
    .orderBy('edges.place')
    .limit(edgesAtOnce)
    .execute()
