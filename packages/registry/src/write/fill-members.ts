/** A database that was filled before members had rows by which they are found gets them. */
import type { Component } from '../api/index.ts'
import type { Writer } from '../database/database.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { componentDigests } from './component-digests.ts'
import { fillLater, type Realms } from './fill-later.ts'

const membersAtOnce = 1000
type Place = readonly [artifact: string, position: number]

export const fillMembers = (registry: Registry, signal?: AbortSignal): Promise<void> =>
  fillLater<Place>(
    registry,
    { fact: 'members_filled', beginning: ['', -1], some: (tx, realms, at) => fillSome(registry, tx, realms, at) },
    signal,
  )

async function fillSome({ database }: Registry, tx: Writer, realms: Realms, at: Place): Promise<Place | null> {
  const rows = await membersAfter(tx, at)
  const found: Row<'component_digests'>[] = []
  for (const { realm: id, first_at, ...row } of rows) {
    const realm = await realms.byId(tx, id)
    const { document } = realm ? openRow(realm, 'components', row) : row
    if (realm && document !== null)
      found.push(...componentDigests(realm, row.artifact, row.position, JSON.parse(document) as Component, first_at))
  }
  await database.insertNew(tx, 'component_digests', found)
  const last = rows.at(-1)
  if (!last || rows.length < membersAtOnce) return null
  return [last.artifact.toString('hex'), last.position]
}

const membersAfter = (tx: Writer, [artifact, position]: Place) =>
  tx
    .selectFrom('components')
    .innerJoin('artifacts', 'artifacts.id', 'components.artifact')
    .selectAll('components')
    .select(['artifacts.realm', 'artifacts.first_at'])
    .where((eb) =>
      eb(
        eb.refTuple('components.artifact', 'components.position'),
        '>',
        eb.tuple(Buffer.from(artifact, 'hex'), position),
      ),
    )
    .orderBy('components.artifact')
    .orderBy('components.position')
    .limit(membersAtOnce)
    .execute()
