/** Labels of what is published, as clients change them afterwards. */
import { expect, it } from 'vitest'
import type { Artifact } from '../src/api/index.ts'
import { type Client, digestOf, onEveryEngine } from './workbench.ts'

const open = { owner_resolution: 'current_user', visibility: 'public' }

onEveryEngine('A label of what is published', (place) => {
  async function published() {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const first = await ada.publish({ first: [['raw'], ['data']] }, open)
    const second = await ada.publish({ second: [['other'], ['model']] }, open)
    const change = (session_hash: string, word: string, said: object, by: Client = ada) =>
      by.post<Record<string, unknown>>('/labels/reconcile', {
        session_hash,
        labels: [{ entity_type: 'artifact', session_hash, artifact_hash: digestOf(word), ...said }],
      })
    const labels = async (word: string) => (await ada.get<Artifact>(`/artifacts/${digestOf(word)}`)).body.labels
    return { registry, ada, first: first.hash, second: second.hash, change, labels }
  }

  it('is patched, also within objects, and taken away by its path; the answer says so of each', async () => {
    const { ada, first, change, labels } = await published()
    const made = await change(first, 'data', { metadata: { model: { name: 'a', size: 1 }, note: 'x' } })
    expect(made.body).toMatchObject({ processed: 1, created: 1, deletedKeys: 0 })
    await change(first, 'data', { metadata: { model: { size: 2 } } })
    expect(await labels('data')).toEqual({ model: { name: 'a', size: 2 }, note: 'x' })
    const deleted_keys = ['note', 'model.size', 'never.there']
    const gone = await change(first, 'data', { metadata: {}, deleted_keys })
    const results = [
      { artifactHash: digestOf('data'), sessionHash: first, action: 'updated', version: 3, deletedKeys: deleted_keys },
    ]
    expect(gone.body).toMatchObject({ processed: 1, updated: 1, deletedKeys: 3, results })
    expect(await labels('data')).toEqual({ model: { name: 'a' } })
    await change(first, 'data', { deleted_keys: ['model.name', '__proto__.x', 'constructor.name'] })
    expect(await labels('data')).toEqual({})
    const history = `/labels/history?entity_type=artifact&artifact_hash=${digestOf('data')}`
    const { body } = await ada.get<{ versions: { version: number }[]; labels: object[] }>(history)
    expect(body.versions.map((one) => one.version)).toEqual([4, 3, 2, 1])
    expect(body.labels).toEqual(body.versions)
  })

  it('that somebody else has changed meanwhile is a conflict', async () => {
    const { first, change, labels } = await published()
    expect((await change(first, 'data', { metadata: { a: 1 }, base_version: 0 })).status).toBe(200)
    expect((await change(first, 'data', { metadata: { a: 2 }, base_version: 0 })).status).toBe(409)
    expect((await change(first, 'data', { metadata: { a: 3 }, base_version: 1 })).status).toBe(200)
    expect(await labels('data')).toEqual({ a: 3 })
  })

  it('is found as long as it holds, of whatever touches the job', async () => {
    const { ada, first, change } = await published()
    const found = async (label: string) => {
      const { body } = await ada.get<{ items: { job_uid: string }[] }>(`/jobs?label=${label}`)
      return body.items.map((job) => job.job_uid)
    }
    const ofSession = (said: object) =>
      ada.post('/labels/reconcile', { labels: [{ entity_type: 'dag', session_hash: first, ...said }] })
    await change(first, 'data', { metadata: { note: 'x', other: 1 } })
    await ofSession({ metadata: { note: 'x' } })
    expect([await found('note=x'), await found('other=1')]).toEqual([['first'], ['first']])
    await change(first, 'data', { metadata: { other: 2 }, deleted_keys: ['note'] })
    expect([await found('note=x'), await found('other=1'), await found('other=2')]).toEqual([['first'], [], ['first']])
    await ofSession({ deleted_keys: ['note'] })
    expect([await found('note=x'), await found('note'), await found('other')]).toEqual([[], [], ['first']])
  })

  it('may name any session of its account, for what another session of it has touched', async () => {
    const { registry, ada, second, change, labels } = await published()
    expect((await change(second, 'data', { metadata: { note: 'mine' } })).status).toBe(200)
    expect(await labels('data')).toEqual({ note: 'mine' })
    const found = await ada.get<{ items: { job_uid: string }[] }>('/jobs?label=note=mine')
    expect(found.body.items.map((job) => job.job_uid)).toEqual(['first'])
    const eve = await registry.account('eve')
    const own = await eve.publish({ third: [['eves'], ['thing']] }, open)
    expect((await change(own.hash, 'data', { metadata: { note: 'hers' } }, eve)).status).toBe(404)
  })
})
