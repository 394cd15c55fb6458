import type { PublishedRecipe } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { planSource } from '../plan/plan-source.ts'
import { recipeFromRegistry } from './from-registry.ts'

const output = { path: 'out', path_b64: null, hash: 'ab12', algorithm: 'blake3', size: 3, kind: 'file', reason: null }

const job = (gitRepo: string, more: object = {}) => ({
  ...{
    jobUid: '3fa9c1d2',
    jobType: 'run',
    stepNumber: 1,
    name: null,
    argv: ['make'],
    cwd: '.',
    exitCode: 0,
    dirty: false,
  },
  ...{ gitRepo, gitCommit: 'c0', gitBranch: 'main', startedAt: '2026-01-02T03:04:05Z', inputs: [], outputs: [output] },
  ...more,
})
const recipeOf = (...jobs: object[]) =>
  recipeFromRegistry('ab12', 'http://registry.example', {
    ...{ hash: 'ab12', algorithm: 'blake3', sessionHash: null, jobs, sources: [], incomplete: false },
  } as unknown as PublishedRecipe)

describe('A run that was registered with two remotes', () => {
  const [old, moved] = [job('https://old.example/r'), job('https://new.example/r')]

  it('is one step, and its commit is looked for at both', () => {
    const recipe = recipeOf(old, moved)
    expect(recipe.steps).toHaveLength(1)
    expect(recipe.others).toEqual([])
    expect([...(planSource(recipe)?.repositories ?? [])].sort()).toEqual([
      'https://new.example/r',
      'https://old.example/r',
    ])
  })

  it('is not another run that made the same, nor one of another commit', () => {
    for (const more of [{ jobUid: '00000000' }, { gitCommit: 'c1' }, { startedAt: '2027-01-02T03:04:05Z' }]) {
      const recipe = recipeOf(old, job('https://new.example/r', more))
      expect(planSource(recipe)?.repositories).toHaveLength(1)
      expect(recipe.others).toHaveLength(1)
    }
  })
})

describe('Where the workspace lay in its repository', () => {
  it('is what was published', () =>
    expect(recipeOf(job('r', { record: { git: { workspace: 'deep/er' } } })).prefix).toBe('deep/er'))

  it('or where the repository lay in it', () =>
    expect(recipeOf(job('r', { record: { git: { workspace: null, enclosed: 'code' } } }))).toMatchObject({
      ...{ prefix: '', clone: 'code' },
    }))

  it('is not known where nobody published it, or what leads out of the clone', () => {
    expect(recipeOf(job('r')).prefix).toBeNull()
    expect(recipeOf(job('r', { record: { git: { workspace: '../../x' } } })).prefix).toBeNull()
  })
})
