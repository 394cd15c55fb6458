/** Whoever has the digest of one member finds the composite, and what made it. */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Artifact, FindResult, Lineage, Recipe } from '../src/api/index.ts'
import { anonymous } from '../src/identity/principal.ts'
import { openRegistry } from '../src/open-registry.ts'
import { RegistrySource } from '../src/web/lineage-source.ts'
import { fillMembers } from '../src/write/fill-members.ts'
import { listOf, partOf, publishComposite, publishLists } from './composites.ts'
import { type Client, digestOf, onEveryEngine, sha256Of, type TestRegistry } from './workbench.ts'

const own = { owner_resolution: 'current_user', owner_type: 'user', visibility: 'private' }
const open = { owner_resolution: 'current_user', owner_type: 'user', visibility: 'public' }
const parts = ['p0', 'p1', 'p2'].map(partOf)
const inP1 = { hash: digestOf('set'), kind: 'composite', member: { path: 'p1.csv', size: 2 } }

const artifact = async (client: Client, reference: string) =>
  (await client.get<Artifact>(`/artifacts/${reference}`)).body
const memberPath = async (client: Client, reference: string) => (await artifact(client, reference)).member?.path

onEveryEngine('A member of a composite', (place) => {
  it('is found by any of its digests or a beginning, and nothing but the composite itself by the composite’s', async () => {
    const { nobody } = await place.registry()
    await publishComposite(nobody, 'set', parts)
    for (const [algorithm, digest] of [
      ['blake3', digestOf('p1')],
      ['sha256', sha256Of('p1')],
    ] as const) {
      for (const asked of [digest, digest.slice(0, 12), `${algorithm}:${digest}`, `${algorithm}:${digest.slice(0, 9)}`])
        expect(await artifact(nobody, asked), asked).toMatchObject(inP1)
      expect((await nobody.get(`/artifacts/sha512:${digest}`)).status).toBe(404)
    }
    expect((await artifact(nobody, digestOf('p1'))).produced_by.map((one) => one.path)).toEqual(['out/set'])
    expect((await artifact(nobody, digestOf('set'))).member).toBe(null)
    expect((await nobody.get(`/artifacts/${digestOf('p9')}`)).status).toBe(404)
  })

  it('leads to how it was made, and is found among many', async () => {
    const { nobody } = await place.registry()
    await publishComposite(nobody, 'set', parts)
    await nobody.publish({ other: [['in'], ['file']] })
    for (const asked of [digestOf('p2'), `sha256:${sha256Of('p2')}`]) {
      const recipe = await nobody.get<Recipe>(`/artifacts/${asked}/reproduction`)
      expect(recipe.body).toMatchObject({
        hash: digestOf('set'),
        member: { path: 'p2.csv' },
        jobs: [{ jobUid: 'set' }],
      })
      const lineage = await nobody.get<Lineage>(`/artifacts/${asked}/lineage?depth=3`)
      expect(lineage.body.nodes.map((node) => node.type)).toEqual(['artifact', 'job'])
    }
    const digests = [
      digestOf('file'),
      `sha256:${sha256Of('p0')}`,
      '77'.repeat(32),
      digestOf('p2'),
      `sha256:${digestOf('p2')}`,
    ]
    const { body } = await nobody.post<FindResult>('/artifacts/find', { digests })
    expect(body.found.map((one) => [one.digest, one.artifact.hash, one.member])).toEqual([
      [digests[0], digestOf('file'), null],
      [digests[1], digestOf('set'), { path: 'p0.csv', size: 2 }],
      [digests[3], digestOf('set'), { path: 'p2.csv', size: 2 }],
    ])
    expect(body.missing).toEqual([digests[2], digests[4]])
    const many = Array.from({ length: 450 }, (_, at) => at.toString(16).padStart(64, '0'))
    const found = await nobody.post<FindResult>('/artifacts/find', { digests: [...many, digestOf('p1')] })
    expect(found.body.found.map((one) => one.digest)).toEqual([digestOf('p1')])
  })

  it('is found by a search of the pages, and the page of the composite names it', async () => {
    const registry = await place.registry()
    await publishComposite(registry.nobody, 'set', parts)
    const source = new RegistrySource(registry.registry, anonymous)
    const found = await source.search(digestOf('p1'), { cursor: null, artifacts: null })
    expect(found.artifacts.items).toMatchObject([{ digest: digestOf('set'), path: 'with p1.csv' }])
    const page = async (digest: string) => (await registry.app.inject({ url: `/artifact/${digest}` })).body
    expect(await page(digestOf('p1'))).toContain('its member <code>p1.csv</code>')
    expect(await page(digestOf('set'))).not.toContain('its member')
  })

  it('that is an artifact itself is told as that, and how to make it is still told', async () => {
    const { nobody } = await place.registry()
    await publishComposite(nobody, 'set', parts)
    await nobody.publish({ use: [['p1'], ['sum']] })
    expect(await artifact(nobody, digestOf('p1'))).toMatchObject({ hash: digestOf('p1'), member: null })
    const recipe = await nobody.get<Recipe>(`/artifacts/${digestOf('p1')}/reproduction`)
    expect(recipe.body).toMatchObject({ hash: digestOf('set'), jobs: [{ jobUid: 'set' }] })
    const { body } = await nobody.post<FindResult>('/artifacts/find', { digests: [digestOf('p1')] })
    expect(body.found).toMatchObject([{ artifact: { hash: digestOf('p1') }, member: null }])
  })

  it('that was copied out of it joins who used the copy to who made the composite: in lineages, graphs and recipes', async () => {
    const registry = await place.registry()
    const { nobody } = registry
    await publishComposite(nobody, 'set', parts)
    await nobody.publish({ use: [['p1'], ['sum']], end: [['sum', 'p2'], ['plot']] })
    const lineage = await nobody.get<Lineage>(`/artifacts/${digestOf('plot')}/lineage?depth=10`)
    const jobs = lineage.body.nodes.flatMap((node) => (node.type === 'job' ? [node.job_uid] : []))
    expect(jobs.sort()).toEqual(['end', 'set', 'use'])
    const members = lineage.body.edges.filter((edge) => edge.role === 'member')
    expect(members.map(({ from, to, path }) => [from, to, path]).sort()).toEqual(
      ['p1', 'p2'].map((word) => [
        `artifact:blake3:${digestOf('set')}`,
        `artifact:blake3:${digestOf(word)}`,
        `${word}.csv`,
      ]),
    )
    expect(lineage.body.truncated).toBe(false)
    const cut = await nobody.get<Lineage>(`/artifacts/${digestOf('sum')}/lineage?depth=1`)
    expect(cut.body).toMatchObject({ truncated: true, frontier: [`blake3:${digestOf('p1')}`] })
    const { body } = await nobody.get<Recipe>(`/artifacts/${digestOf('plot')}/reproduction`)
    expect(body.jobs.map((job) => job.jobUid)).toEqual(['set', 'use', 'end'])
    const set = { hash: `blake3:${digestOf('set')}` }
    expect(body.sources.map((one) => one.member_of)).toEqual([
      { ...set, path: 'p1.csv' },
      { ...set, path: 'p2.csv' },
    ])
    const page = (await registry.app.inject({ url: `/dag/${digestOf('plot')}` })).body
    expect(page).toContain('make set')
  })

  it('of a private composite joins nobody else to it', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    await publishComposite(ada, 'set', parts, own)
    await registry.nobody.publish({ use: [['p1'], ['sum']] })
    const roles = async (client: Client) => {
      const { body } = await client.get<Lineage>(`/artifacts/${digestOf('sum')}/lineage?depth=10`)
      return [body.edges.some((edge) => edge.role === 'member'), body.truncated]
    }
    expect(await roles(registry.nobody)).toEqual([false, false])
    expect(await roles(ada)).toEqual([true, false])
  })

  it('of several composites names the oldest one, and the others beside it', async () => {
    let now = 1_700_000_000_000
    const { nobody } = await place.registry({ now: () => now++ })
    for (const word of ['set', 'another', 'third']) await publishComposite(nobody, word, parts)
    const { hash, also } = await artifact(nobody, digestOf('p1'))
    expect([hash, ...also.map((one) => one.hash)]).toEqual(['set', 'another', 'third'].map(digestOf))
    const { body } = await nobody.post<FindResult>('/artifacts/find', { digests: [digestOf('p1')] })
    expect(body.found[0]?.artifact.hash).toBe(digestOf('set'))
  })

  it('may be listed in parts, in any order, and again; whoever lists first has listed', async () => {
    const { nobody } = await place.registry()
    const [first, second] = [listOf('set', parts.slice(0, 2)), listOf('set', parts.slice(2), 2)]
    expect((await publishLists(nobody, 'set', [second, first, first])).status).toBe(200)
    const listed = async () =>
      (
        await nobody.get<{ items: { relative_path: string }[] }>(`/artifacts/${digestOf('set')}/components`)
      ).body.items.map((one) => one.relative_path)
    expect(await listed()).toEqual(['p0.csv', 'p1.csv', 'p2.csv'])
    expect(await memberPath(nobody, digestOf('p2'))).toBe('p2.csv')
    expect((await publishLists(nobody, 'set', [listOf('set', [...parts, partOf('false')])])).status).toBe(200)
    expect(await listed()).toEqual(['p0.csv', 'p1.csv', 'p2.csv'])
    expect((await nobody.get(`/artifacts/${digestOf('false')}`)).status).toBe(404)
  })

  it('of what is not registered is refused, and so is a list without its beginning', async () => {
    const { nobody } = await place.registry()
    for (const list of [listOf('nothing', parts), listOf('set', parts, 1)])
      expect((await publishLists(nobody, 'set', [list])).body).toMatchObject({
        error: { code: 'ROAR_REGISTRY_INCOMPLETE' },
      })
    expect((await nobody.get(`/artifacts/${digestOf('set')}`)).status).toBe(404)
  })

  it('goes when the composite is taken back, and comes again with it', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const hash = await publishComposite(ada, 'set', parts, open)
    expect(await memberPath(registry.nobody, digestOf('p1'))).toBe('p1.csv')
    expect((await ada.ask('DELETE', `/sessions/${hash}`)).status).toBe(204)
    expect((await registry.nobody.get(`/artifacts/${digestOf('p1')}`)).status).toBe(404)
    expect(await rowsOf(registry)).toEqual([])
    await publishComposite(registry.nobody, 'set', parts)
    expect(await memberPath(registry.nobody, digestOf('p1'))).toBe('p1.csv')
  })

  it('of a private scope is found by its owner, and by nobody else', async () => {
    const registry = await place.registry()
    const [ada, eve] = [await registry.account('ada'), await registry.account('eve')]
    await publishComposite(ada, 'set', parts, own)
    for (const asked of [digestOf('p1'), sha256Of('p1').slice(0, 8)])
      expect(await artifact(ada, asked)).toMatchObject({ ...inP1, visibility: 'private' })
    const digests = [digestOf('p1')]
    expect((await ada.post<FindResult>('/artifacts/find', { digests })).body.found).toMatchObject([
      { member: { path: 'p1.csv' } },
    ])
    for (const other of [eve, registry.nobody]) {
      for (const path of ['', '/lineage', '/reproduction'])
        expect((await other.get(`/artifacts/${digestOf('p1')}${path}`)).status).toBe(404)
      expect((await other.post<FindResult>('/artifacts/find', { digests })).body).toEqual({
        found: [],
        missing: digests,
      })
    }
  })

  it('that was registered before members had rows is found once a newer server has looked through the database', async () => {
    const options = await place.options()
    const old = await place.registry(options)
    const ada = await old.account('ada')
    await publishComposite(ada, 'mine', [partOf('secret')], own)
    const many = Array.from({ length: 1500 }, (_, at) => partOf(`m${at}`))
    await publishComposite(old.nobody, 'set', many)
    await old.registry.database.write(async (tx) => {
      await sql`DROP TABLE component_digests`.execute(tx)
      await sql`UPDATE schema_version SET version = 3`.execute(tx)
    })
    const newer = await openRegistry(options)
    expect((await old.nobody.get(`/artifacts/${digestOf('m1499')}`)).status).toBe(404)
    await Promise.all([fillMembers(newer), fillMembers(newer)])
    for (const word of ['m0', 'm999', 'm1000', 'm1499'])
      expect(await memberPath(old.nobody, digestOf(word))).toBe(`${word}.csv`)
    expect(await memberPath(ada, sha256Of('secret'))).toBe('secret.csv')
    expect((await old.nobody.get(`/artifacts/${digestOf('secret')}`)).status).toBe(404)
    await newer.close()
  })
})

const rowsOf = ({ registry }: TestRegistry) =>
  registry.database.read.selectFrom('component_digests').selectAll().execute()
