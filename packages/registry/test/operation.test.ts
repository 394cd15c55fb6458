/** What whoever runs a registry relies on. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Artifact, Published, Registration } from '../src/api/index.ts'
import { buildServer } from '../src/http/server.ts'
import { openRegistry } from '../src/open-registry.ts'
import { startRegistration, sweep } from '../src/write/registrations.ts'
import { Client, claimsOf, digestOf, onEveryEngine } from './workbench.ts'

const own = { owner_resolution: 'current_user', visibility: 'private' }

onEveryEngine('A registry', (place) => {
  it('is migrated once, however many servers start on it at the same time', async () => {
    const options = await place.options()
    const opened = await Promise.all(Array.from({ length: 4 }, () => openRegistry(options)))
    const versions = await Promise.all(opened.map((one) => one.database.read.selectFrom('facts').selectAll().execute()))
    expect(versions.map((rows) => rows.length)).toEqual([1, 1, 1, 1])
    for (const one of opened) await one.close()
  })

  it('holds nothing open once it is closed, even if nobody has asked it anything', async (context) => {
    const options = await place.options()
    if (options.databaseUrl) context.skip('SQLite shows by its log, PostgreSQL shows nothing in a directory')
    await (await openRegistry(options)).close()
    // SQLite removes its log with the last connection.
    expect(readdirSync(options.data).sort()).toEqual(['registry.db', 'server.key'])
  })

  it('is served by several processes at once: what one has published the other one finds', async () => {
    const options = await place.options()
    const first = await place.registry(options)
    const second = await place.registry(options)
    const ada = await first.account('ada')
    const elsewhere = second.nobody.with(ada.authorization)
    const pipelines = Array.from(
      { length: 6 },
      (_, at) => ({ job: [['common'], ['made']], [`own${at}`]: [['made'], [`end${at}`]] }) as const,
    )
    const published = await Promise.all(
      pipelines.map((lineage, at) => (at % 2 ? ada : elsewhere).publish(lineage as never, own)),
    )
    expect(published.reduce((sum, one) => sum + one.counts.new_jobs, 0)).toBe(7)
    for (let at = 0; at < 6; at++)
      expect((await elsewhere.get<Artifact>(`/artifacts/${digestOf(`end${at}`)}`)).body.produced_by).toHaveLength(1)
  })

  it('publishes once, however often and from however many sides it is told to', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const start = await ada.post<Registration>('/registration-sessions', {
      mode: 'attributed',
      client_session_id: 'x'.repeat(64),
    })
    const at = `/registration-sessions/${start.body.registration_session_id}`
    const { jobs, links, artifacts } = claimsOf({ job: [['a'], ['b']] })
    for (let attempt = 0; attempt < 2; attempt++) {
      await ada.post(`${at}/jobs/batch`, { jobs })
      await ada.post(`${at}/links/batch`, { links })
      await ada.post(`${at}/artifacts/batch`, { artifacts })
    }
    const wrong = await ada.post(`${at}/finalize`, { expected: { jobs: 2 } })
    expect(wrong.body).toMatchObject({
      error: { code: 'ROAR_REGISTRY_INCOMPLETE', details: ['jobs: 2 expected, 1 here'] },
    })
    expect((await ada.get(`/artifacts/${digestOf('b')}`)).status).toBe(404)
    const expected = { jobs: 1, artifacts: 2, links: 2, inputs: 1, outputs: 1 }
    const answers = await Promise.all([1, 2, 3].map(() => ada.post<Published>(`${at}/finalize`, { expected })))
    const done = answers.filter((one) => one.status === 200)
    expect(done.filter((one) => one.body.created)).toHaveLength(1)
    expect(answers.every((one) => one.status === 200)).toBe(true)
    const again = await ada.post<Published>(`${at}/finalize`, { expected })
    expect(again.body).toMatchObject({ created: false, counts: { jobs: 1, links: 2 } })
    const resumed = await ada.post<Registration>('/registration-sessions', {
      mode: 'attributed',
      client_session_id: 'x'.repeat(64),
    })
    expect(resumed.body).toMatchObject({ created: false, status: 'closed', session_hash: again.body.hash })
    expect((await ada.post(`${at}/jobs/batch`, { jobs })).status).toBe(409)
  })

  it('refuses to start with another key than its own', async () => {
    const options = await place.options()
    await (await openRegistry(options)).close()
    await expect(openRegistry({ ...options, serverKey: Buffer.alloc(32, 1).toString('base64') })).rejects.toMatchObject(
      {
        code: 'ROAR_REGISTRY_KEY',
      },
    )
    await (await openRegistry(options)).close()
  })

  it('says that there is no room left, keeps what was there, and goes on when there is some', async (context) => {
    const options = await place.options()
    if (options.databaseUrl) context.skip('PostgreSQL has no limit that a test could set')
    const registry = await place.registry(options)
    const first = await registry.nobody.publish({ job: [['a'], ['b']] })
    const pages = (most: number) =>
      registry.registry.database.write((tx) => sql`PRAGMA max_page_count = ${sql.lit(most)}`.execute(tx))
    await pages(1)
    const lineage = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`j${at}`, [[`in${at}`], [`out${at}`]]]))
    await expect(registry.nobody.publish(lineage as never)).rejects.toThrow('ROAR_REGISTRY_FULL')
    expect((await registry.nobody.get(`/sessions/${first.session_hash}`)).status).toBe(200)
    await pages(1_000_000)
    expect((await registry.nobody.publish(lineage as never)).counts.new_jobs).toBe(300)
  })

  it('forgets what was begun and never ended', async () => {
    let now = Date.now()
    const { registry, nobody } = await place.registry({ now: () => now })
    const started = await startRegistration(registry, (await import('../src/identity/principal.ts')).anonymous, {})
    const client = nobody.with(`RegistrationSession ${started.registration_session_token}`)
    await client.post(`/registration-sessions/${started.registration_session_id}/jobs/batch`, {
      jobs: claimsOf({ job: [[], []] }).jobs,
    })
    now += 8 * 86_400_000
    await sweep(registry)
    const left = await registry.database.read.selectFrom('staged').select('key').execute()
    expect(left).toEqual([])
  })

  it('says that it is alive, that it is ready, and how it does, to those who may know', async () => {
    const { app, registry } = await place.registry()
    expect((await app.inject('/healthz')).statusCode).toBe(200)
    expect((await app.inject('/readyz')).statusCode).toBe(200)
    expect((await app.inject('/metrics')).body).toContain('roar_registry_request_seconds_count')
    expect((await app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '10.0.0.1' } })).statusCode).toBe(404)
    const guarded = await buildServer(registry, { metricsToken: 'secret' })
    expect((await guarded.inject('/metrics')).statusCode).toBe(404)
    const shown = { authorization: 'Bearer secret' }
    expect((await guarded.inject({ url: '/metrics', headers: shown })).statusCode).toBe(200)
    await guarded.close()
  })

  it('keeps what was withdrawn as a stone that holds the graph together, and takes it from whoever publishes it again', async () => {
    const registry = await place.registry()
    const [ada, bob] = [await registry.account('ada'), await registry.account('bob')]
    const open = { owner_resolution: 'current_user', visibility: 'public' }
    const middle = await ada.publish({ middle: [['a'], ['b']] }, open)
    await bob.publish({ last: [['b'], ['c']] }, open)
    expect((await bob.ask('DELETE', `/sessions/${middle.hash}`)).status).toBe(403)
    expect((await ada.ask('DELETE', `/sessions/${middle.hash}?reason=mistake`)).status).toBe(204)
    expect((await bob.get(`/artifacts/${digestOf('a')}`)).status).toBe(404)
    const { body } = await bob.get<{ nodes: Record<string, unknown>[] }>(`/artifacts/${digestOf('c')}/lineage?depth=5`)
    const jobs = body.nodes.filter((node) => node.type === 'job')
    expect(jobs.map((job) => [job.command, (job.withdrawn as { reason: string } | null)?.reason ?? null])).toEqual([
      ['make last', null],
      [null, 'mistake'],
    ])
    expect(body.nodes).toHaveLength(5)
    await bob.publish({ middle: [['a'], ['b']] }, open)
    expect((await bob.get<Artifact>(`/artifacts/${digestOf('a')}`)).body.withdrawn).toBe(null)
  })

  it('refuses a cursor that no page of it has given', async () => {
    const { nobody } = await place.registry()
    await nobody.publish({ job: [['a'], ['b']] })
    const cursor = (text: string) => Buffer.from(`1:${Buffer.from(text).toString('hex')}`).toString('base64url')
    const status = async (text: string) =>
      (await nobody.get(`/artifacts/${digestOf('b')}/receipts?cursor=${cursor(text)}`)).status
    expect(await status('a\0b')).toBe(400)
    expect(await status('ab')).toBe(200)
  })

  it('keeps apart who claims what, counts who made it again, and finds by facts and labels', async () => {
    const registry = await place.registry()
    const [ada, bob] = [await registry.account('ada'), await registry.account('bob')]
    const open = { owner_resolution: 'current_user', visibility: 'public' }
    const { hash } = await ada.publish({ job: [['a'], ['b']] }, open)
    await bob.publish({ job: [['a'], ['b']] }, open)
    await registry.nobody.publish({ job: [['a'], ['b']] })
    const receipt = { receipt_id: 'receipt-1', hash: digestOf('b'), verdict: 'identical', document: { tolerance: 0 } }
    expect((await bob.post('/receipts', receipt)).status).toBe(200)
    expect((await bob.post('/receipts', receipt)).status).toBe(200)
    expect((await ada.post('/receipts', receipt)).status).toBe(409)
    await registry.nobody.post('/receipts', { ...receipt, receipt_id: 'receipt-2', verdict: 'different' })
    const label = { entity_type: 'dag', session_hash: hash, metadata: { licence: 'MIT' } }
    expect((await ada.post('/labels/sync', { labels: [label] })).body).toMatchObject({ created: 1 })
    expect((await ada.post('/labels/sync', { labels: [label] })).body).toMatchObject({ unchanged: 1 })
    const { body } = await ada.get<Artifact>(`/artifacts/${digestOf('b')}`)
    const claims = body.hashes.find((one) => one.algorithm === 'sha256')?.claims ?? []
    expect(claims.map((one) => [one.by, one.proof]).sort()).toEqual(
      [
        [null, 'verified'],
        ['ada', 'verified'],
        ['bob', 'verified'],
      ].sort(),
    )
    expect(body.reproduction).toMatchObject({ total: 2, reproducers: 2, identical: 1, different: 1 })
    for (const question of [
      'command=MAKE',
      `commit=${'c'.repeat(40)}`,
      'commit=cccc',
      'label=licence',
      'label=licence=MIT',
      'repository=https%3A%2F%2Fgit.example%2Frepo',
    ])
      expect((await bob.get<{ items: unknown[] }>(`/jobs?${question}`)).body.items, question).toHaveLength(1)
    for (const question of ['command=nothing', 'label=licence=GPL', 'since=2030-01-01T00:00:00Z', 'format=zarr'])
      expect((await bob.get<{ items: unknown[] }>(`/jobs?${question}`)).body.items, question).toEqual([])
    const actions = await registry.registry.database.read.selectFrom('audit').select('action').execute()
    expect(actions.map((row) => row.action).sort()).toEqual(
      [
        'labels.change',
        'labels.change',
        'receipt.add',
        'receipt.add',
        'receipt.add',
        'session.publish',
        'session.publish',
        'session.publish',
      ].sort(),
    )
  })

  it('comes back from a backup that was made while it was written to', async (context) => {
    const options = await place.options()
    if (options.databaseUrl) return context.skip('PostgreSQL is backed up by pg_dump')
    const registry = await place.registry(options)
    const ada = await registry.account('ada')
    await ada.publish({ job: [['a'], ['b']] }, own)
    const other = mkdtempSync(join(tmpdir(), 'roar-restored-'))
    const writing = ada.publish({ next: [['b'], ['c']] }, own)
    await registry.registry.database.backup(join(other, 'registry.db'))
    copyFileSync(join(options.data, 'server.key'), join(other, 'server.key'))
    await writing
    expect(statSync(join(other, 'registry.db')).mode & 0o777).toBe(0o600)
    const restored = await openRegistry({ data: other })
    const app = await buildServer(restored)
    const client = new Client(app, ada.authorization)
    expect((await client.get<Artifact>(`/artifacts/${digestOf('b')}`)).body.visibility).toBe('private')
    await restored.close()
    rmSync(other, { recursive: true, force: true })
  })
})
