/** What a job kept without reading it counts for the output that keeps it, and for no other (docs/decisions/0038). */
import { expect, it } from 'vitest'
import type { Artifact, Lineage, Recipe } from '../src/api/index.ts'
import { digestOf, onEveryEngine } from './workbench.ts'

const own = { owner_resolution: 'current_user', owner_type: 'user', visibility: 'private' }
const kept = {
  fetch: [['raw'], ['table']],
  train: [['config'], ['draft']],
  both: [
    ['read', 'table>longer', 'draft>model'],
    ['longer', 'model'],
  ],
  plot: [['longer'], ['picture']],
  serve: [['model'], ['answer']],
} as const satisfies Record<string, [readonly string[], readonly string[]]>

const shown = (lineage: Lineage) => {
  const words = new Map(
    [...new Set(Object.values(kept).flat(2))].map((word) => [
      digestOf(word.replace(/>.*/, '')),
      word.replace(/>.*/, ''),
    ]),
  )
  const names = lineage.nodes.map((node) => [node.id, node.type === 'job' ? node.job_uid : words.get(node.hash)])
  const byId = new Map(names as [string, string][])
  return {
    nodes: [...byId.values()].sort(),
    edges: lineage.edges.map(({ from, to }) => `${byId.get(from)} ${byId.get(to)}`).sort(),
  }
}

onEveryEngine('What was only kept', (place) => {
  const lineageOf = async (word: string, query: string) => {
    const { nobody } = await place.registry()
    await nobody.publish(kept as never)
    return (await nobody.get<Lineage>(`/artifacts/${digestOf(word)}/lineage?${query}`)).body
  }

  it('leads upstream from the output that keeps it alone', async () => {
    expect(shown(await lineageOf('model', 'depth=9'))).toEqual({
      nodes: ['both', 'config', 'draft', 'model', 'read', 'train'],
      edges: ['both model', 'config train', 'draft both', 'read both', 'train draft'],
    })
  })

  it('leads downstream to that output alone', async () => {
    expect(shown(await lineageOf('raw', 'depth=9&direction=down'))).toEqual({
      nodes: ['both', 'fetch', 'longer', 'picture', 'plot', 'raw', 'table'],
      edges: ['both longer', 'fetch table', 'longer plot', 'plot picture', 'raw fetch', 'table both'],
    })
  })

  it('has no users in the jobs that kept it: they are told apart, on its page too', async () => {
    const registry = await place.registry()
    await registry.nobody.publish(kept as never)
    const of = async (word: string) => (await registry.nobody.get<Artifact>(`/artifacts/${digestOf(word)}`)).body
    const uids = (uses: Artifact['consumed_by']) => uses.map((one) => one.job.job_uid)
    const [table, read] = [await of('table'), await of('read')]
    expect([uids(table.produced_by), uids(table.consumed_by), uids(table.kept_by)]).toEqual([['fetch'], [], ['both']])
    expect([uids(read.consumed_by), uids(read.kept_by)]).toEqual([['both'], []])
    const page = async (word: string) => (await registry.app.inject({ url: `/artifact/${digestOf(word)}` })).body
    expect(await page('table')).toContain('Kept unread by')
    expect(await page('read')).not.toContain('Kept unread by')
    const ada = await registry.account('ada')
    await ada.publish(kept as never, own)
    const mine = (await ada.get<Artifact>(`/artifacts/${digestOf('draft')}`)).body
    expect([uids(mine.consumed_by), uids(mine.kept_by)]).toEqual([[], ['both']])
  })

  it('is no part of what was read: that leads to every output', async () => {
    expect(shown(await lineageOf('read', 'depth=9&direction=down')).nodes).toEqual(
      ['answer', 'both', 'longer', 'model', 'picture', 'plot', 'read', 'serve'].sort(),
    )
  })

  it('comes in once its output is reached, however late', async () => {
    const { nobody } = await place.registry()
    await nobody.publish({
      ...kept,
      last: [['answer', 'model', 'picture'], ['end']],
    } as never)
    const { body } = await nobody.get<Lineage>(`/artifacts/${digestOf('end')}/lineage?depth=9`)
    const { nodes, edges } = shown(body)
    for (const word of ['raw', 'table', 'config', 'draft', 'fetch', 'train']) expect(nodes).toContain(word)
    expect(new Set(edges).size).toBe(edges.length)
  })

  it('is what a walk says it was cut before', async () => {
    const { nobody } = await place.registry()
    await nobody.publish({
      both: [
        ['table>longer', 'draft>model'],
        ['longer', 'model'],
      ],
      plot: [['longer'], ['picture']],
      last: [['picture', 'model'], ['end']],
    })
    const cut = await nobody.get<Lineage>(`/artifacts/${digestOf('end')}/lineage?depth=2`)
    expect(cut.body).toMatchObject({ truncated: true })
    expect(cut.body.frontier).toContain(`blake3:${digestOf('longer')}`)
    const whole = await nobody.get<Lineage>(`/artifacts/${digestOf('end')}/lineage?depth=3`)
    expect(whole.body).toMatchObject({ truncated: false })
    expect(whole.body.nodes.map((node) => (node.type === 'artifact' ? node.hash : ''))).toContain(digestOf('table'))
  })

  it('is made again only for that output', async () => {
    const { nobody } = await place.registry()
    await nobody.publish(kept as never)
    const { body } = await nobody.get<Recipe>(`/artifacts/${digestOf('model')}/reproduction`)
    expect(body.jobs.map((job) => job.jobUid)).toEqual(['train', 'both'])
  })
})

onEveryEngine('What was only kept, in a private scope', (place) => {
  it('is told apart there too', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    await ada.publish(kept as never, { owner_resolution: 'current_user', visibility: 'private' })
    const { body } = await ada.get<Lineage>(`/artifacts/${digestOf('model')}/lineage?depth=9`)
    expect(shown(body).nodes).toEqual(['both', 'config', 'draft', 'model', 'read', 'train'])
  })
})
