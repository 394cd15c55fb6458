/** History is not rewritten: who has published a job may say that another one corrects it; nobody else may. */
import { expect, it } from 'vitest'
import type { Job, Lineage, Published } from '../src/api/index.ts'
import { type Client, claimsOf, digestOf, onEveryEngine } from './workbench.ts'

const open = { owner_resolution: 'current_user', visibility: 'public' }

onEveryEngine('A correction', (place) => {
  it('is marked on the job that it corrects, which stays readable and in the graph', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const first = await ada.publish({ train: [['table'], ['model']], report: [['model'], ['plot']] }, open)
    const wrong = idOf(first, 'train')
    const second = await correct(ada, wrong, 'again')
    const { body } = await registry.nobody.get<Job>(`/jobs/${wrong}`)
    expect(body).toMatchObject({ command: 'make train', superseded_by: idOf(second, 'again') })
    expect((await registry.nobody.get<Job>(`/jobs/${idOf(second, 'again')}`)).body.supersedes).toBe(wrong)
    const up = await registry.nobody.get<Lineage>(`/artifacts/${digestOf('plot')}/lineage?depth=5`)
    expect(up.body.nodes.flatMap((node) => (node.type === 'job' ? [node.job_uid] : [])).sort()).toEqual([
      'again',
      'report',
      'train',
    ])
    const third = await correct(ada, wrong, 'once more')
    expect((await registry.nobody.get<Job>(`/jobs/${wrong}`)).body.superseded_by).toBe(idOf(second, 'again'))
    expect(idOf(third, 'once more')).not.toBe(idOf(second, 'again'))
  })

  it('by somebody else is published, and changes nothing of what it speaks of', async () => {
    const registry = await place.registry()
    const [ada, eve] = [await registry.account('ada'), await registry.account('eve')]
    const theirs = idOf(await ada.publish({ train: [['table'], ['model']] }, open), 'train')
    await correct(eve, theirs, 'better')
    expect((await registry.nobody.get<Job>(`/jobs/${theirs}`)).body.superseded_by).toBe(null)
  })
})

const idOf = ({ jobs }: Published, uid: string): string =>
  jobs.find((job) => job.job_uid === uid.replace(' ', '-'))?.id ?? ''

/** Registers one more making of the model, which says what it corrects. */
async function correct(client: Client, supersedes: string, name: string): Promise<Published> {
  const uid = name.replace(' ', '-')
  const start = await client.post<{ registration_session_id: string }>('/registration-sessions', { mode: 'attributed' })
  const at = `/registration-sessions/${start.body.registration_session_id}`
  const { jobs, links, artifacts } = claimsOf({ [uid]: [['table'], ['model']] })
  await client.post(`${at}/jobs/batch`, { jobs: jobs.map((job) => ({ ...job, supersedes })) })
  await client.post(`${at}/artifacts/batch`, { artifacts })
  await client.post(`${at}/links/batch`, { links })
  return (await client.post<Published>(`${at}/finalize`, { scope_request: open })).body
}
