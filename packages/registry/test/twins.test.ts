/** What is published to a private scope and for everybody, as those see it who may read both. */
import { expect, it } from 'vitest'
import type { Artifact, JobSummary, Lineage as LineageDocument, Recipe } from '../src/api/index.ts'
import { authenticate } from '../src/identity/authenticate.ts'
import { RegistrySource } from '../src/web/lineage-source.ts'
import { type Client, digestOf, type Lineage, onEveryEngine, type TestRegistry } from './workbench.ts'

const own = { owner_resolution: 'current_user', owner_type: 'user', visibility: 'private' }
const two: Lineage = { first: [['in'], ['mid']], second: [['mid'], ['out']] }

const uids = (jobs: readonly { readonly job_uid: string }[]) => jobs.map((one) => one.job_uid).sort()
const lineageOf = async (client: Client, word: string, depth = 10) =>
  (await client.get<LineageDocument>(`/artifacts/${digestOf(word)}/lineage?direction=both&depth=${depth}`)).body
const jobsOf = ({ nodes }: LineageDocument) => uids(nodes.flatMap((node) => (node.type === 'job' ? [node] : [])))
const searched = async (client: Client, query: string) =>
  (await client.get<{ items: JobSummary[]; next: string | null }>(`/jobs?${query}`)).body

async function both(registry: TestRegistry, first: 'private' | 'public') {
  const [ada, eve] = [await registry.account('ada'), await registry.account('eve')]
  const publish = [() => ada.publish(two, own), () => ada.publish(two)]
  for (const one of first === 'private' ? publish : publish.toReversed()) await one()
  return { ada, eve }
}

onEveryEngine('A job that is published twice', (place) => {
  it.each(['private', 'public'] as const)('is shown once to its owner, %s first, and to others', async (first) => {
    const { ada, eve } = await both(await place.registry(), first)
    for (const client of [ada, eve]) {
      const lineage = await lineageOf(client, 'out')
      expect(jobsOf(lineage)).toEqual(['first', 'second'])
      expect(lineage).toMatchObject({ truncated: false, edges: { length: 4 } })
      const { produced_by, consumed_by } = (await client.get<Artifact>(`/artifacts/${digestOf('mid')}`)).body
      expect([uids(produced_by.map((one) => one.job)), uids(consumed_by.map((one) => one.job))]).toEqual([
        ['first'],
        ['second'],
      ])
      const recipe = (await client.get<Recipe>(`/artifacts/${digestOf('out')}/dag`)).body
      expect(recipe.jobs.map((job) => job.jobUid)).toEqual(['first', 'second'])
      for (const query of ['command=make', 'command=make&limit=1']) {
        const page = await searched(client, query)
        const rest = page.next === null ? [] : (await searched(client, `${query}&cursor=${page.next}`)).items
        expect(uids([...page.items, ...rest])).toEqual(['first', 'second'])
      }
    }
    expect((await searched(ada, 'command=make')).items).toMatchObject([
      { visibility: 'private' },
      { visibility: 'private' },
    ])
  })

  it('leaves out nothing that only one of them has, and cuts where it did', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    await ada.publish({ first: [['in'], ['mid']] }, own)
    await ada.publish({ ...two, third: [['out'], ['end']] })
    expect(jobsOf(await lineageOf(ada, 'mid'))).toEqual(['first', 'second', 'third'])
    expect(uids((await searched(ada, 'command=make')).items)).toEqual(['first', 'second', 'third'])
    expect(await lineageOf(ada, 'mid', 1)).toMatchObject({ truncated: true })
  })

  it('is one line on the page of a search, and so is a file', async () => {
    const registry = await place.registry()
    const { ada } = await both(registry, 'private')
    const principal = await authenticate(registry.registry, ada.authorization as string, () => {
      throw new Error('nothing is signed')
    })
    const source = new RegistrySource(registry.registry, principal)
    for (const text of ['mid', digestOf('mid'), digestOf('mid').slice(0, 12)]) {
      const { artifacts } = await source.search(text, { cursor: null, artifacts: null })
      expect(artifacts.items).toMatchObject([{ digest: digestOf('mid') }])
    }
    expect((await source.search('make', { cursor: null, artifacts: null })).jobs.items).toHaveLength(2)
  })
})
