/** Artifacts by their names, however many there are. */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { authenticate } from '../src/identity/authenticate.ts'
import type { Principal } from '../src/identity/principal.ts'
import { anonymous } from '../src/identity/principal.ts'
import { type OpenRegistry, openRegistry } from '../src/open-registry.ts'
import { artifactsByName } from '../src/read/names.ts'
import { digestText } from '../src/realm/digest.ts'
import { fillNames } from '../src/write/fill-names.ts'
import { type Client, digestOf, onEveryEngine, type TestRegistry } from './workbench.ts'

const own = { owner_resolution: 'current_user', owner_type: 'user', visibility: 'private' }

async function search(registry: OpenRegistry, words: string, who: Principal = anonymous, limit = 50) {
  const paths: string[] = []
  let cursor: string | undefined
  do {
    const page = await artifactsByName(registry, who, words, { limit, cursor })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    for (const { row, path } of page.items) {
      expect(digestText({ algorithm: '', bytes: row.digest as Buffer })).toBe(digestOf(path.slice('data/'.length)))
      paths.push(path)
    }
    cursor = page.next ?? undefined
  } while (cursor)
  return paths
}

const principalOf = ({ registry }: TestRegistry, { authorization }: Client): Promise<Principal> =>
  authenticate(registry, authorization ?? undefined, () => ({ method: 'GET', path: '/', body: null }))

onEveryEngine('A name', (place) => {
  it('is found by the beginning of any of its words, behind any number of newer jobs, a page at a time', async () => {
    const { registry, nobody } = await place.registry()
    await nobody.publish({ first: [['needle-and thread.csv'], ['model/model.PT']] })
    const later = Array.from({ length: 450 }, (_, at) => [`later${at}`, [['hay'], [`straw-${at}`]]] as const)
    await nobody.publish(Object.fromEntries(later) as never)
    for (const words of ['needle', 'NEED', 'thread.c', 'and thread', 'data/needle-and thread.csv', 'csv'])
      expect(await search(registry, words)).toEqual(['data/needle-and thread.csv'])
    expect(await search(registry, 'model')).toEqual(['data/model/model.PT'])
    for (const words of ['eedle', 'needle.csv', 'n%', '_eedle', '%', 'data/needle-and thread.csv.gz'])
      expect(await search(registry, words)).toEqual([])
    const straws = await search(registry, 'straw', anonymous, 100)
    expect(straws).toHaveLength(450)
    expect(new Set(straws).size).toBe(450)
  })

  it('in a private scope is found by its members, by whole words, and by nobody else', async () => {
    const registry = await place.registry()
    const [ada, eve] = [await registry.account('ada'), await registry.account('eve')]
    await ada.publish({ mine: [['secret plan.txt'], ['public-plan']] }, own)
    await registry.nobody.publish({ open: [['plan of all'], ['x']] })
    const mine = await principalOf(registry, ada)
    expect((await search(registry.registry, 'plan', mine)).sort()).toEqual([
      'data/plan of all',
      'data/public-plan',
      'data/secret plan.txt',
    ])
    for (const words of ['secret', 'Secret Plan.txt', 'txt', 'data/secret plan.txt'])
      expect(await search(registry.registry, words, mine, 1)).toEqual(['data/secret plan.txt'])
    expect(await search(registry.registry, 'secr', mine)).toEqual([])
    for (const other of [anonymous, await principalOf(registry, eve)]) {
      expect(await search(registry.registry, 'plan', other)).toEqual(['data/plan of all'])
      expect(await search(registry.registry, 'secret', other)).toEqual([])
    }
  })

  it('goes with the job that brought it, unless another one knows it too', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const first = await ada.publish({ one: [['alpha'], ['beta']] }, own)
    await ada.publish({ two: [['beta'], ['gamma']] }, own)
    const mine = await principalOf(registry, ada)
    expect((await ada.ask('DELETE', `/sessions/${first.hash}`, {})).status).toBeLessThan(300)
    expect(await search(registry.registry, 'alpha', mine)).toEqual([])
    expect(await search(registry.registry, 'beta', mine)).toEqual(['data/beta'])
    const left = await registry.registry.database.read.selectFrom('names').select('job').distinct().execute()
    expect(left).toHaveLength(1)
  })

  it('that was registered before names were kept is found once a newer server has looked through the database', async () => {
    const options = await place.options()
    const old = await place.registry(options)
    const ada = await old.account('ada')
    await ada.publish({ mine: [['ancient secret'], ['x']] }, own)
    const many = Array.from({ length: 600 }, (_, at) => [`job${at}`, [['hay'], [`ancient-${at}`]]] as const)
    await old.nobody.publish(Object.fromEntries(many) as never)
    await old.registry.database.write(async (tx) => {
      for (const text of [
        'DROP TABLE names',
        'DROP TABLE words',
        'DROP TABLE component_digests',
        'DROP INDEX tokens_by_expires_at',
        'DROP INDEX device_codes_by_expires_at',
      ])
        await sql.raw(text).execute(tx)
      await sql`UPDATE schema_version SET version = 1`.execute(tx)
    })
    const newer = await Promise.all([openRegistry(options), openRegistry(options), openRegistry(options)])
    await fillNames(newer[0] as OpenRegistry, AbortSignal.abort())
    expect(await search(newer[0] as OpenRegistry, 'ancient')).toEqual([])
    await Promise.all(newer.map((one) => fillNames(one)))
    const mine = await principalOf(old, ada)
    expect(await search(newer[0] as OpenRegistry, 'ancient')).toHaveLength(600)
    expect(await search(newer[0] as OpenRegistry, 'ancient', mine)).toHaveLength(601)
    for (const one of newer) await one.close()
  })
})
