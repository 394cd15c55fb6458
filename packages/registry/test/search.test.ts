/** Jobs by the words of their commands, however many newer ones there are. */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { JobSummary, Registration } from '../src/api/index.ts'
import { type OpenRegistry, openRegistry } from '../src/open-registry.ts'
import { fillWords } from '../src/write/fill-words.ts'
import { type Client, digestOf, onEveryEngine } from './workbench.ts'

interface JobPage {
  readonly items: readonly JobSummary[]
  readonly next: string | null
}

const own = { owner_resolution: 'current_user', owner_type: 'user', visibility: 'private' }

/** Jobs by name, each with the command that is given, in the order of their start. */
async function publish(client: Client, commands: readonly string[], scope: object | null = null, from = 0) {
  const start = await client.post<Registration>('/registration-sessions', {
    mode: scope ? 'attributed' : 'anonymous_public',
  })
  const { registration_session_id: id, registration_session_token: token } = start.body
  const inside = token ? client.with(`RegistrationSession ${token}`) : client
  const jobs = commands.map((command, at) => ({
    job_uid: `j${from + at}`,
    command,
    timestamp: 1_700_000_000 + from + at,
    job_type: 'run',
    step_number: at,
  }))
  for (let at = 0; at < jobs.length; at += 5000)
    await inside.post(`/registration-sessions/${id}/jobs/batch`, { jobs: jobs.slice(at, at + 5000) })
  const end = { git_repo: 'https://git.example/r', ...(scope ? { scope_request: scope } : {}) }
  return (await inside.post<{ hash: string }>(`/registration-sessions/${id}/finalize`, end)).body
}

async function found(client: Client, query: Record<string, string>): Promise<string[]> {
  const uids: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const words: URLSearchParams = new URLSearchParams({ ...query, ...(cursor ? { cursor } : {}) })
    const { status, body }: { status: number; body: JobPage } = await client.get<JobPage>(`/jobs?${words}`)
    expect(status).toBe(200)
    uids.push(...body.items.map((one) => one.job_uid))
    cursor = body.next
  }
  return uids
}

onEveryEngine('A word of a command', (place) => {
  it('finds its job on the first page behind 25,000 newer ones, and those of one word newest first', async () => {
    const { nobody } = await place.registry()
    await publish(nobody, ['python Needle_finder.py --größe=0.1', 'python other.py'])
    const later = Array.from({ length: 25_000 }, (_, at) => `python hay.py ${at % 3}`)
    await publish(nobody, later, null, 100)
    for (const command of ['needle', 'NEEDLE_FINDER', 'finder py needle', '--Größe', 'python needle'])
      expect((await nobody.get<JobPage>(`/jobs?${new URLSearchParams({ command })}`)).body).toMatchObject({
        items: [{ job_uid: 'j0' }],
        next: null,
      })
    for (const command of ['eedle', 'need', 'needle hay', 'größer', 'nowhere'])
      expect((await nobody.get<JobPage>(`/jobs?${new URLSearchParams({ command })}`)).body).toEqual({
        items: [],
        next: null,
      })
    const some = await nobody.get<JobPage>('/jobs?command=python+2&limit=3')
    expect(some.body.items.map((one) => one.job_uid)).toEqual(['j25098', 'j25095', 'j25092'])
  }, 120_000)

  it('goes on from page to page, together with other facts', async () => {
    const { nobody } = await place.registry()
    await publish(
      nobody,
      Array.from({ length: 30 }, (_, at) => `make ${at % 2 ? 'odd' : 'even'} ${at}`),
    )
    const odd = Array.from({ length: 15 }, (_, at) => `j${29 - 2 * at}`)
    expect(await found(nobody, { command: 'odd', limit: '4' })).toEqual(odd)
    expect(await found(nobody, { command: 'make odd', repository: 'https://git.example/r', limit: '4' })).toEqual(odd)
    expect(await found(nobody, { command: 'odd', repository: 'https://git.example/other' })).toEqual([])
    expect(await found(nobody, { command: 'odd', since: '2023-11-14T22:13:40Z' })).toEqual(odd.slice(0, 5))
  })

  it('of a private scope finds it for its members alone, once, and no word of it is in the database', async () => {
    const registry = await place.registry()
    const [ada, eve] = [await registry.account('ada'), await registry.account('eve')]
    await publish(ada, ['make Secretum omnium'], own)
    await publish(ada, ['make Secretum omnium'], own)
    await publish(registry.nobody, ['make openly'], null, 50)
    expect(await found(ada, { command: 'secretum' })).toEqual(['j0'])
    expect(await found(ada, { repository: 'https://git.example/r', limit: '1' })).toEqual(['j0', 'j50'])
    expect((await found(ada, { command: 'make' })).sort()).toEqual(['j0', 'j50'])
    for (const client of [eve, registry.nobody]) {
      expect(await found(client, { command: 'secretum' })).toEqual([])
      expect(await found(client, { command: 'make' })).toEqual(['j50'])
    }
    const rows = await registry.registry.database.read.selectFrom('words').selectAll().execute()
    // Five words of two jobs, though one was told twice, and none of them under the same key.
    expect(rows).toHaveLength(5)
    expect(new Set(rows.map(({ term }) => term.toString('hex'))).size).toBe(5)
  })

  it('goes with the job that is taken back', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const scopes = [own, { owner_resolution: 'current_user', visibility: 'public' }]
    for (const [at, scope] of scopes.entries()) {
      const { hash } = await publish(ada, ['make mistakes'], scope, at)
      expect(await found(ada, { command: 'mistakes' })).toEqual([`j${at}`])
      expect((await ada.ask('DELETE', `/sessions/${hash}`, {})).status).toBeLessThan(300)
      expect(await found(ada, { command: 'mistakes' })).toEqual([])
    }
    expect(await registry.registry.database.read.selectFrom('words').selectAll().execute()).toEqual([])
  })

  it('that was registered before words were kept is found once a newer server has looked through the database', async () => {
    const options = await place.options()
    const old = await place.registry(options)
    const ada = await old.account('ada')
    await publish(ada, ['make ancient secrets'], own)
    const many = Array.from({ length: 1200 }, (_, at) => `make ancient ${at}`)
    await publish(old.nobody, many, null, 10)
    await old.registry.database.write(async (tx) => {
      await sql`DROP TABLE words`.execute(tx)
      await sql`DROP TABLE component_digests`.execute(tx)
      await sql`UPDATE schema_version SET version = 2`.execute(tx)
    })
    const newer = await Promise.all([openRegistry(options), openRegistry(options)])
    await fillWords(newer[0] as OpenRegistry, AbortSignal.abort())
    expect(await found(old.nobody, { command: 'ancient' })).toEqual([])
    await Promise.all(newer.map((one) => fillWords(one)))
    expect(await found(old.nobody, { command: 'ancient', limit: '500' })).toHaveLength(1200)
    expect(await found(ada, { command: 'ancient secrets' })).toEqual(['j0'])
    for (const one of newer) await one.close()
  })

  it('is not needed: signs without letters are looked for in the newest jobs as they stand', async () => {
    const { nobody } = await place.registry()
    await nobody.publish({ job: [['a'], ['b']] })
    await publish(nobody, ['sort a | uniq'], null, 70)
    expect(await found(nobody, { command: ' | ' })).toEqual(['j70'])
    expect((await nobody.get(`/artifacts/${digestOf('b')}`)).status).toBe(200)
  })
})
