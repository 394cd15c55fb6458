/** A database that was filled before names had rows gets them, some edges a transaction, beside all other work. Any number of servers may do it at once. */
import type { Writer } from '../database/database.ts'
import { openRealm, publicRealm, type Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { namesOf } from './name-rows.ts'

const edgesAtOnce = 1000
const fact = 'names_filled'
type Place = readonly [job: string, role: number, artifact: string, place: string]
const beginning: Place = ['', -1, '', '']

/** Ends when every edge has its names, or when it is told to; goes on where it, or another server, has stopped. */
export async function fillNames(registry: Registry, signal?: AbortSignal): Promise<void> {
  const known = await registry.database.read
    .selectFrom('facts')
    .select('value')
    .where('name', '=', fact)
    .executeTakeFirst()
  const realms = new Map<number, Realm | null>([[publicRealm.id, publicRealm]])
  let at: Place | null = known ? JSON.parse(known.value) : beginning
  while (at !== null && !signal?.aborted) {
    const from = at
    at = await registry.database.write((tx) => fillSome(registry, tx, realms, from))
  }
}

/** Where to go on; null: nowhere. */
async function fillSome(
  registry: Registry,
  tx: Writer,
  realms: Map<number, Realm | null>,
  at: Place,
): Promise<Place | null> {
  const rows = await edgesAfter(tx, at)
  const names: Row<'names'>[] = []
  for (const { realm: id, ...edge } of rows) {
    if (!realms.has(id)) realms.set(id, await realmOf(registry, tx, id))
    const realm = realms.get(id)
    if (realm) names.push(...namesOf(realm, openRow(realm, 'edges', edge)))
  }
  await registry.database.insertNew(tx, 'names', names)
  const last = rows.at(-1)
  const next: Place | null =
    last && rows.length === edgesAtOnce
      ? [last.job.toString('hex'), last.role, last.artifact.toString('hex'), last.place.toString('hex')]
      : null
  await tx.deleteFrom('facts').where('name', '=', fact).execute()
  await registry.database.insertNew(tx, 'facts', [{ name: fact, value: JSON.stringify(next) }])
  return next
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

/** Null where its scope is gone: nobody can look there any more. */
async function realmOf({ serverKey }: Registry, tx: Writer, id: number): Promise<Realm | null> {
  const scope = await tx.selectFrom('scopes').select('wrapped_key').where('realm', '=', id).executeTakeFirst()
  return scope?.wrapped_key ? openRealm(serverKey, id, scope.wrapped_key) : null
}
