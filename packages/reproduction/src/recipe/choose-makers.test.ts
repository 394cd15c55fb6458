import type { RecipeEdge, RecipeStep } from '@roar/core'
import { expect, it } from 'vitest'
import { chooseMakers } from './choose-makers.ts'

const edge = (word: string): RecipeEdge => {
  const [path = '', hash = path] = word.split('=')
  return { path, hash, algorithm: 'blake3', size: 1, kind: 'file', sourced: null, reason: null, path_b64: null }
}

/** `at`: the second in which it started. */
const job = (jobUid: string, at: number, inputs: string[], outputs: string[], more: Partial<RecipeStep> = {}) =>
  ({
    ...{ jobUid, jobType: 'run', argv: ['make', jobUid], dirty: false, exitCode: 0, gitRepo: 'here' },
    startedAt: new Date(at * 1000).toISOString(),
    visibility: 'public',
    inputs: inputs.map(edge),
    outputs: outputs.map(edge),
    ...more,
  }) as RecipeStep

function chosen(jobs: RecipeStep[], hash: string): string[] {
  const { jobs: kept, others } = chooseMakers(jobs, hash)
  expect(kept.length + others.length).toBe(jobs.length)
  return kept.map((one) => one.jobUid)
}

it('Of a pipeline that ran often one run is enough, the newest', () => {
  const twice = [1, 2].flatMap((n) => [
    job(`prepare${n}`, n * 10, ['raw'], ['clean']),
    job(`train${n}`, n * 10 + 1, ['clean'], ['model']),
  ])
  expect(chosen(twice, 'model')).toEqual(['prepare2', 'train2'])
})

it('Before the newest comes one that can run, and one for which somebody vouches', () => {
  const good = job('good', 1, ['raw'], ['model'])
  for (const more of [
    { dirty: true },
    { exitCode: 1 },
    { argv: ['x', '<redacted:password>'] },
    { visibility: 'anonymous' },
  ])
    expect(chosen([good, job('other', 2, ['raw'], ['model'], more)], 'model')).toEqual(['good'])
})

it('If none can run, the newest is left to say why', () => {
  const dirty = [1, 2].map((n) => job(`dirty${n}`, n, ['raw'], ['model'], { dirty: true }))
  expect(chosen(dirty, 'blake3:model')).toEqual(['dirty2'])
})

it('Who wrote at the place where it was read goes before who wrote the same elsewhere; empty files are no bond', () => {
  const here = job('here', 1, [], ['data'])
  const there = job('there', 2, [], ['copy=data'])
  const user = job('user', 3, ['data'], ['model'])
  expect(chosen([here, there, user], 'model')).toEqual(['here', 'user'])
  expect(chosen([there, user], 'model')).toEqual(['there', 'user'])
  const empty = { ...user, inputs: [{ ...edge('__init__.py=data'), size: 0 }] }
  expect(chosen([there, empty], 'model')).toEqual(['user'])
})

it('What lies in the commit needs no maker', () => {
  const user = job('user', 3, [], ['model'], { inputs: [{ ...edge('code'), sourced: 'commit' }] })
  expect(chosen([job('maker', 1, [], ['code']), user], 'model')).toEqual(['user'])
})

it('A result is not made from itself: who wrote an input again later, from what came of it, did not make it', () => {
  const user = job('user', 1, ['seed'], ['model'])
  const back = job('back', 2, ['model'], ['seed'])
  expect(chosen([user, back], 'model')).toEqual(['user'])
  // Somebody made the same again, later and for himself: that will do.
  expect(chosen([user, job('again', 2, ['other'], ['seed'])], 'model')).toEqual(['user', 'again'])
})
