import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Artifact, FindResult, Lineage, Project } from '../src/api/index.ts'
import { partOf, publishComposite } from './composites.ts'
import { digestOf, onEveryEngine, sha256Of } from './workbench.ts'

const own = { owner_resolution: 'current_user', owner_type: 'user', visibility: 'private' }

onEveryEngine('What lies in a private scope', (place) => {
  it('is answered to everybody else exactly as what does not exist', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const eve = await registry.account('eve')
    const { hash, jobs } = await ada.publish({ mine: [['secret-in'], ['secret-out']] }, own)
    expect((await ada.get<Artifact>(`/artifacts/${digestOf('secret-out')}`)).body.visibility).toBe('private')
    const absent = '77'.repeat(32)
    for (const other of [eve, registry.nobody]) {
      for (const path of ['', '/lineage', '/reproduction', '/components', '/receipts']) {
        const there = await other.get<object>(`/artifacts/${digestOf('secret-out')}${path}`)
        const gone = await other.get<object>(`/artifacts/${absent}${path}`)
        expect(there.status).toBe(404)
        expect({ ...there.body, request_id: '' }).toEqual({ ...gone.body, request_id: '' })
      }
      for (const [real, none] of [
        [`/sessions/${hash}`, `/sessions/${absent}`],
        [`/jobs/${jobs[0]?.id}`, `/jobs/${'7'.repeat(32)}`],
      ] as const) {
        const [there, gone] = [await other.get<object>(real), await other.get<object>(none)]
        expect({ ...there.body, request_id: '' }).toEqual({ ...gone.body, request_id: '' })
      }
      const batch = await other.post<FindResult>('/artifacts/find', { digests: [sha256Of('secret-in'), absent] })
      expect(batch.body).toEqual({ found: [], missing: [sha256Of('secret-in'), absent] })
      expect((await other.get<{ items: unknown[] }>('/sessions')).body.items).toEqual([])
      expect((await other.get<{ items: unknown[] }>('/jobs?command=make')).body.items).toEqual([])
    }
  })

  it('leaves nothing in the database by which a guess could be tried', async () => {
    const options = await place.options()
    const registry = await place.registry(options)
    const ada = await registry.account('ada')
    await ada.publish({ mine: [['secret-in'], ['secret-out']] }, own)
    await publishComposite(ada, 'secret-set', [partOf('secret-part')], own)
    const dump = options.databaseUrl ? await dumpOf(registry.registry) : fileDump(options.data)
    for (const word of ['secret-in', 'secret-out', 'secret-set', 'secret-part'])
      for (const digest of [digestOf(word), sha256Of(word)])
        for (const form of [digest, digest.slice(0, 16)]) {
          expect(dump.includes(form)).toBe(false)
          expect(dump.includes(Buffer.from(form, 'hex').toString('latin1'))).toBe(false)
        }
    expect(dump.includes('make mine')).toBe(false)
    expect(dump.includes('secret-part.csv')).toBe(false)
    expect(dump.includes('data/secret')).toBe(false)
  })

  it('hangs together with what is public, for its owner alone', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    await registry.nobody.publish({ open: [['seed'], ['shared']] })
    await ada.publish({ closed: [['shared'], ['result']] }, own)
    const lineage = await ada.get<Lineage>(`/artifacts/${digestOf('result')}/lineage?depth=9`)
    const uids = lineage.body.nodes.flatMap((node) => (node.type === 'job' ? [node.job_uid] : []))
    expect(uids.sort()).toEqual(['closed', 'open'])
    const below = await registry.nobody.get<Lineage>(`/artifacts/${digestOf('shared')}/lineage?depth=9&direction=down`)
    expect(below.body.nodes.map((node) => node.type)).toEqual(['artifact'])
  })

  it('is shared by a project with its members, until they leave', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const bob = await registry.account('bob')
    const { body: project } = await ada.post<Project>('/projects', { name: 'team', visibility: 'private' })
    const scope = { project: 'ada/team', visibility: 'private' }
    await ada.publish({ job: [['a'], ['b']] }, scope)
    const path = `/artifacts/${digestOf('b')}`
    expect((await bob.get(path)).status).toBe(404)
    const member = `/projects/${project.id}/members/bob`
    expect((await ada.ask('PUT', member, { username: 'bob', role: 'reader' })).status).toBe(204)
    expect((await bob.get<Artifact>(path)).body.visibility).toBe('project')
    await expect(bob.publish({ other: [['b'], ['c']] }, scope)).rejects.toThrow(/403/)
    expect((await ada.ask('PUT', member, { username: 'bob', role: 'writer' })).status).toBe(204)
    await bob.publish({ other: [['b'], ['c']] }, scope)
    expect((await ada.get<Lineage>(`/artifacts/${digestOf('c')}/lineage?depth=3`)).body.nodes).toHaveLength(5)
    expect((await ada.ask('DELETE', member)).status).toBe(204)
    expect((await bob.get(path)).status).toBe(404)
  })
})

/** Every byte that SQLite keeps, its log included. */
const fileDump = (data: string): string =>
  ['registry.db', 'registry.db-wal'].map((name) => readFileSync(join(data, name), 'latin1')).join('')

async function dumpOf({
  database,
}: {
  database: { read: import('../src/database/database.ts').Reader }
}): Promise<string> {
  const { tables } = await import('../src/schema/tables.ts')
  const parts: string[] = []
  for (const name of Object.keys(tables) as (keyof typeof tables)[]) {
    const rows = await database.read.selectFrom(name).selectAll().execute()
    for (const row of rows)
      for (const value of Object.values(row))
        parts.push(Buffer.isBuffer(value) ? value.toString('latin1') : String(value))
  }
  return parts.join('\n')
}
