/** What names no scope is public; under whose name, is said by how it was begun. */
import { expect, it } from 'vitest'
import type { Published, Registration, Session } from '../src/api/index.ts'
import { type Client, claimsOf, onEveryEngine } from './workbench.ts'

onEveryEngine('A registration without a scope', (place) => {
  async function publishedBy(client: Client, mode: object): Promise<string> {
    const { body } = await client.post<Registration>('/registration-sessions', mode)
    const token = body.registration_session_token
    const staging = token ? client.with(`RegistrationSession ${token}`) : client
    const at = `/registration-sessions/${body.registration_session_id}`
    const { jobs, artifacts, links } = claimsOf({ job: [['a'], ['b']] })
    await staging.post(`${at}/jobs/batch`, { jobs })
    await staging.post(`${at}/artifacts/batch`, { artifacts })
    await staging.post(`${at}/links/batch`, { links })
    return (await staging.post<Published>(`${at}/finalize`, {})).body.hash
  }

  it('is published under the name of who began it, unless it was begun as anonymous', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const shown = async (hash: string) => {
      const { body } = await registry.nobody.get<Session>(`/sessions/${hash}`)
      return [body.visibility, body.registered_by]
    }
    expect(await shown(await publishedBy(ada, {}))).toEqual(['public', 'ada'])
    expect(await shown(await publishedBy(ada, { mode: 'anonymous_public' }))).toEqual(['anonymous', null])
    expect(await shown(await publishedBy(registry.nobody, {}))).toEqual(['anonymous', null])
  })

  it('without staging is under the name of who sends it', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    for (const [hash, client, by] of [
      ['aa'.repeat(32), ada, 'ada'],
      ['bb'.repeat(32), registry.nobody, null],
    ] as const) {
      expect((await client.post('/sessions', { hash })).status).toBe(201)
      expect((await registry.nobody.get<Session>(`/sessions/${hash}`)).body.registered_by).toBe(by)
    }
  })
})
