import { expect, it } from 'vitest'
import type { Artifact, FindResult, Lineage, Recipe, Session } from '../src/api/index.ts'
import { digestOf, onEveryEngine, sha256Of } from './workbench.ts'

const pipeline = {
  fetch: [[], ['raw']],
  clean: [['raw'], ['table']],
  train: [['table', 'config'], ['model']],
  report: [['model', 'table'], ['plot']],
} as const satisfies Record<string, [readonly string[], readonly string[]]>

onEveryEngine('A published lineage', (place) => {
  it('is found by any digest of any algorithm, by a prefix, and in a batch', async () => {
    const { nobody } = await place.registry()
    await nobody.publish({ ...pipeline })
    for (const ref of [
      digestOf('model'),
      sha256Of('model'),
      `sha256:${sha256Of('model')}`,
      digestOf('model').slice(0, 12),
    ]) {
      const { status, body } = await nobody.get<Artifact>(`/artifacts/${ref}`)
      expect(status).toBe(200)
      expect(body.hash).toBe(digestOf('model'))
      expect(body.hashes.map((one) => one.algorithm).sort()).toEqual(['blake3', 'sha256'])
      expect(body.produced_by[0]?.job.job_uid).toBe('train')
      expect(body.consumed_by[0]?.job.job_uid).toBe('report')
    }
    const found = await nobody.post<FindResult>('/artifacts/find', { digests: [sha256Of('raw'), 'ab'.repeat(32)] })
    expect(found.body.found.map((one) => one.artifact.hash)).toEqual([digestOf('raw')])
    expect(found.body.missing).toEqual(['ab'.repeat(32)])
  })

  it('is walked up and down, as a document or line by line, and says where it was cut', async () => {
    const { nobody } = await place.registry()
    await nobody.publish({ ...pipeline })
    const up = await nobody.get<Lineage>(`/artifacts/${digestOf('plot')}/lineage?depth=10`)
    const uids = (lineage: Lineage) =>
      lineage.nodes.flatMap((node) => (node.type === 'job' ? [node.job_uid] : [])).sort()
    expect(uids(up.body)).toEqual(['clean', 'fetch', 'report', 'train'])
    expect(up.body.truncated).toBe(false)
    const down = await nobody.get<Lineage>(`/artifacts/${digestOf('raw')}/lineage?depth=10&direction=down`)
    expect(uids(down.body)).toEqual(['clean', 'report', 'train'])
    const cut = await nobody.get<Lineage>(`/artifacts/${digestOf('plot')}/lineage?depth=1`)
    expect(uids(cut.body)).toEqual(['report'])
    expect(cut.body.truncated).toBe(true)
    expect(cut.body.frontier).toContain(`blake3:${digestOf('model')}`)
    const stream = await nobody.get<string>(`/artifacts/${digestOf('plot')}/lineage?depth=10`, {
      accept: 'application/x-ndjson',
    })
    const parts = stream.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(parts.at(-1)).toEqual({ end: { truncated: false, frontier: [] } })
    expect(parts.filter((part) => part.edge)).toHaveLength(up.body.edges.length)
  })

  it('says that it was cut where too many jobs used one artifact, and by which one to go on', async () => {
    const { nobody } = await place.registry()
    const readers = Array.from({ length: 30 }, (_, at) => [`use${at}`, [['hub'], [`end${at}`]]] as const)
    await nobody.publish(Object.fromEntries(readers) as never)
    for (const limit of [4, 10, 29]) {
      const { body } = await nobody.get<Lineage>(
        `/artifacts/${digestOf('hub')}/lineage?depth=9&direction=down&limit=${limit}`,
      )
      expect(body.nodes.filter((node) => node.type === 'job').length).toBeLessThan(30)
      expect(body.truncated).toBe(true)
      expect(body.frontier).toContain(`blake3:${digestOf('hub')}`)
    }
    const whole = await nobody.get<Lineage>(`/artifacts/${digestOf('hub')}/lineage?depth=9&direction=down&limit=100`)
    expect(whole.body.nodes).toHaveLength(61)
    expect(whole.body.truncated).toBe(false)
  })

  it('can be made again: its steps come in an order in which they can run, its loose inputs are named', async () => {
    const { nobody } = await place.registry()
    const { hash } = await nobody.publish({ ...pipeline })
    const recipe = await nobody.get<Recipe>(`/artifacts/${sha256Of('model')}/reproduction`)
    expect(recipe.body.jobs.map((job) => job.jobUid)).toEqual(['fetch', 'clean', 'train'])
    expect(recipe.body.jobs[2]).toMatchObject({ argv: ['make', 'train'], cwd: '.', gitCommit: 'c'.repeat(40) })
    expect(recipe.body.sources.map((one) => one.hash)).toEqual([digestOf('config')])
    expect(recipe.body.sources[0]?.digests).toEqual({ blake3: digestOf('config'), sha256: sha256Of('config') })
    const whole = await nobody.get<Recipe>(`/public/sessions/${hash}/reproduction`)
    expect(whole.body.jobs).toHaveLength(4)
    expect(whole.body.sessionHash).toBe(hash)
  })

  it('grows by union: what is registered again, or inside of something larger, is the same', async () => {
    const { nobody } = await place.registry()
    const { fetch, clean } = pipeline
    const first = await nobody.publish({ fetch: [...fetch], clean: [...clean] })
    const again = await nobody.publish({ fetch: [...fetch], clean: [...clean] })
    expect(again).toMatchObject({ hash: first.hash, created: false, counts: { new_jobs: 0, new_artifacts: 0 } })
    const larger = await nobody.publish({ ...pipeline })
    expect(larger.counts).toMatchObject({ jobs: 4, new_jobs: 2, artifacts: 5, new_artifacts: 3 })
    const { body } = await nobody.get<Session>(`/sessions/${larger.hash}`)
    expect(body.jobs.map((job) => job.job_uid)).toEqual(['fetch', 'clean', 'train', 'report'])
  })
})
