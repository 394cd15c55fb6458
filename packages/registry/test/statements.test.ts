/** What a question costs, in statements: clocks on shared machines prove nothing. */
import { describe, expect, it } from 'vitest'
import { partOf, publishComposite } from './composites.ts'
import { watchedServer } from './watched-server.ts'
import { Client, digestOf, place } from './workbench.ts'

const own = { owner_resolution: 'current_user', owner_type: 'user', visibility: 'private' }

describe('A question', () => {
  const bench = place(async () => undefined)

  it('of what is private takes the same statements as one of what does not exist', async () => {
    const registry = await bench.registry()
    const [ada, eve] = [await registry.account('ada'), await registry.account('eve')]
    const { hash, jobs } = await ada.publish({ mine: [['secret-in'], ['secret-out']] }, own)
    await publishComposite(ada, 'mine', [partOf('mine part')], own)
    const counted = await watchedServer(registry)
    const [there, absent] = [digestOf('secret-out'), '77'.repeat(32)]
    for (const authorization of [null, eve.authorization]) {
      const client = new Client(counted.app, authorization)
      const statements = async (path: string, body?: object) =>
        counted.during(() => (body ? client.post(path, body) : client.get(path)))
      // Now and then the use of a token is written down.
      await client.get('/sessions')
      for (const path of ['', '/lineage?depth=50', '/reproduction', '/dag', '/components', '/receipts'])
        expect(await statements(`/artifacts/${there}${path}`)).toEqual(await statements(`/artifacts/${absent}${path}`))
      expect(await statements(`/artifacts/${there.slice(0, 8)}`)).toEqual(await statements('/artifacts/77777777'))
      expect(await statements(`/sessions/${hash}`)).toEqual(await statements(`/sessions/${absent}`))
      expect(await statements(`/jobs/${jobs[0]?.id}`)).toEqual(await statements(`/jobs/${'7'.repeat(32)}`))
      const find = (digest: string) => statements('/artifacts/find', { digests: [digest] })
      expect(await find(there)).toEqual(await find(absent))
      expect(await find(digestOf('mine part'))).toEqual(await find(absent))
      expect(await statements(`/artifacts/${digestOf('mine part')}`)).toEqual(await statements(`/artifacts/${absent}`))
      const search = (words: string) => counted.during(() => counted.app.inject({ url: `/search?q=${words}` }))
      expect(await search('secret-out')).toEqual(await search('nowhere-out'))
      const labels = (digest: string) => `/labels/current?entity_type=artifact&artifact_hash=${digest}`
      expect(await statements(labels(there))).toEqual(await statements(labels(absent)))
    }
    await counted.app.close()
  })

  it('of a private job or session has no row of it read: a large one would take longer than what does not exist', async () => {
    const registry = await bench.registry()
    const [ada, eve] = [await registry.account('ada'), await registry.account('eve')]
    const { hash, jobs } = await ada.publish({ mine: [['secret-in'], ['secret-out']] }, own)
    const counted = await watchedServer(registry)
    for (const authorization of [null, eve.authorization]) {
      const client = new Client(counted.app, authorization)
      const rows = (path: string) => counted.rowsDuring(() => client.get(path))
      await client.get('/sessions')
      const [session, none] = [`session_hash=${hash}`, `session_hash=${'7'.repeat(64)}`]
      for (const [there, absent] of [
        [`/jobs/${jobs[0]?.id}`, `/jobs/${'7'.repeat(32)}`],
        [`/sessions/${hash}`, `/sessions/${'7'.repeat(64)}`],
        [`/sessions/${hash}/reproduction`, `/sessions/${'7'.repeat(64)}/reproduction`],
        [`/labels/current?entity_type=dag&${session}`, `/labels/current?entity_type=dag&${none}`],
        [
          `/labels/current?entity_type=job&job_uid=mine&${session}`,
          `/labels/current?entity_type=job&job_uid=mine&${none}`,
        ],
      ] as const)
        expect([there, await rows(there)]).toEqual([there, await rows(absent)])
    }
    await counted.app.close()
  })

  it('of an artifact takes two turns, and a walk of fifty steps as many as one of a hundred', async () => {
    const registry = await bench.registry()
    const chain = (steps: number) =>
      Object.fromEntries(Array.from({ length: steps }, (_, at) => [`j${at}`, [[`f${at}`], [`f${at + 1}`]] as const]))
    await registry.nobody.publish(chain(100) as never)
    const counted = await watchedServer(registry)
    const client = new Client(counted.app, null)
    const lookUp = await counted.during(() => client.get(`/artifacts/${digestOf('f100')}`))
    expect(lookUp.length).toBe(6)
    // What no artifact has is looked for among the members once.
    expect((await counted.during(() => client.get(`/artifacts/${'77'.repeat(32)}`))).length).toBe(2)
    const walk = (at: number) => counted.during(() => client.get(`/artifacts/${digestOf(`f${at}`)}/reproduction`))
    const [fifty, hundred] = [await walk(50), await walk(100)]
    expect(fifty.length).toBe(hundred.length)
    expect(hundred.length).toBeLessThan(16)
    const lineage = await counted.during(() => client.get(`/artifacts/${digestOf('f100')}/lineage?depth=60`))
    expect(lineage.length).toBeLessThan(20)
    // The largest column by far, of which a lineage shows nothing.
    expect(lineage.filter((sql) => /from "jobs"/.test(sql) && /select \*|"document"/.test(sql))).toEqual([])
    expect((await walk(50)).some((sql) => /from "jobs"/.test(sql) && /"document"/.test(sql))).toBe(true)
    await counted.app.close()
  })

  it('of a wide lineage is asked a few times for all its layers, not again for each', async () => {
    const registry = await bench.registry()
    const [layers, across] = [50, 40]
    const name = (layer: number, place: number) => `w${layer}-${place % across}`
    const job = (layer: number, place: number) =>
      [`j${layer}-${place}`, [[name(layer - 1, place), name(layer - 1, place + 1)], [name(layer, place)]]] as const
    const jobs = Array.from({ length: layers * across }, (_, at) => job(1 + Math.floor(at / across), at % across))
    const all = Array.from({ length: across }, (_, place) => name(layers, place))
    await registry.nobody.publish(Object.fromEntries([...jobs, ['root', [all, ['root']]]]) as never)
    const counted = await watchedServer(registry)
    const client = new Client(counted.app, null)
    const path = `/artifacts/${digestOf('root')}/lineage?depth=60&limit=10000`
    const { body } = await client.get<{ nodes: unknown[]; truncated: boolean }>(path)
    expect(body.truncated).toBe(false)
    // Jobs with that of the root; artifacts of the layers, of what the first read, and the root.
    expect(body.nodes).toHaveLength(layers * across + 1 + (layers + 1) * across + 1)
    const lineage = await counted.during(() => client.get(path))
    expect(lineage.filter((sql) => /recursive/.test(sql)).length).toBeLessThanOrEqual(3)
    expect(lineage.length).toBeLessThan(30)
    await counted.app.close()
  })
})
