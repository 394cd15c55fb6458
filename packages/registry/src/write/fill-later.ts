/**
 * What a database from before lacks is made beside all other work, some rows a transaction. How far it has come is a fact in the database: any
 * number of servers may do it at once, and go on where another one has stopped.
 */
import type { Writer } from '../database/database.ts'
import { openRealm, publicRealm, type Realm } from '../realm/realm.ts'
import type { Registry } from '../registry.ts'

export interface Filling<Place> {
  /** Of the fact; its value is null when there is nothing left to do. */
  readonly fact: string
  readonly beginning: Place
  /** Makes what belongs to the rows behind `at`. Where to go on; null: nowhere. */
  some(tx: Writer, realms: Realms, at: Place): Promise<Place | null>
}

/** Ends when everything is there, or when it is told to. */
export async function fillLater<Place>(
  registry: Registry,
  { fact, beginning, some }: Filling<Place>,
  signal?: AbortSignal,
): Promise<void> {
  const { database } = registry
  const known = await database.read.selectFrom('facts').select('value').where('name', '=', fact).executeTakeFirst()
  const realms = new Realms(registry)
  let at: Place | null = known ? JSON.parse(known.value) : beginning
  while (at !== null && !signal?.aborted) {
    const from = at
    at = await database.write(async (tx) => {
      const next = await some(tx, realms, from)
      await tx.deleteFrom('facts').where('name', '=', fact).execute()
      await database.insertNew(tx, 'facts', [{ name: fact, value: JSON.stringify(next) }])
      return next
    })
  }
}

/** Realms by their number, each opened once. */
export class Realms {
  readonly #serverKey: Buffer
  readonly #known = new Map<number, Realm | null>([[publicRealm.id, publicRealm]])

  constructor({ serverKey }: Registry) {
    this.#serverKey = serverKey
  }

  /** Null where its scope is gone: nobody can look there any more. */
  async byId(tx: Writer, id: number): Promise<Realm | null> {
    const known = this.#known.get(id)
    if (known !== undefined) return known
    const scope = await tx.selectFrom('scopes').select('wrapped_key').where('realm', '=', id).executeTakeFirst()
    const realm = scope?.wrapped_key ? openRealm(this.#serverKey, id, scope.wrapped_key) : null
    this.#known.set(id, realm)
    return realm
  }
}
