import { describe, expect, it } from 'vitest'
import type { Recipe, RecipeStep } from '../recipe/recipe.ts'
import { severalRepositories } from './repositories.ts'

const file = (path: string) => ({ path, kind: 'file', digests: { blake3: `digest-of-${path}` } })

/** Step N reads what the steps before it made under these names, and writes one file. */
function step(number: number, source: object, reads: readonly string[] = []): RecipeStep {
  const own = { repository: null, local: null, mirrors: [], workspace: null, clone: '', ...source }
  const inputs = reads.map((path) => ({ ...file(path), from: 'step' }))
  const ref = { kind: 'run', number }
  return { uid: `uid-${number}`, step: ref, source: own, inputs, outputs: [file(`out-${number}`)] } as never
}
const problemsOf = (steps: readonly RecipeStep[], root: string | null = null) =>
  severalRepositories({ steps, root } as Recipe)

describe('Steps of several repositories', () => {
  const [a, b] = [{ repository: 'https://h.example/a' }, { repository: 'https://h.example/b' }]
  const joined = [step(1, a), step(2, a, ['out-1']), step(3, b, ['out-2']), step(4, b), step(5, b, ['out-3'])]

  it('are told with what of them can be made by itself, and how all of it could be', () => {
    const [problem] = problemsOf(joined, '/workspace')
    expect(problem?.message).toContain('2 repositories')
    expect(problem?.cause).toBe('@1, @2: https://h.example/a\n@3, @4, @5: https://h.example/b')
    expect(problem?.remedy.slice(0, -1)).toEqual([
      'roar reproduce uid-2 makes @2 by itself',
      'roar reproduce uid-4 makes @4 by itself',
    ])
    expect(problem?.remedy.at(-1)).toContain('submodule')
  })

  it('are named by their content where a registry told them', () =>
    expect(problemsOf(joined)[0]?.remedy[0]).toBe('roar reproduce digest-of-out-2 makes @2 by itself'))

  it('are those of one that has another address now, or was published with two', () => {
    expect(problemsOf([step(1, { ...a, local: '/r' }), step(2, { ...b, local: '/r' })])).toEqual([])
    expect(problemsOf([step(1, a), step(2, { ...b, mirrors: [a.repository] })])).toEqual([])
  })
})

it('Steps of two workspaces in one repository do not fit into one directory either', () => {
  const at = (workspace: string | null) => ({ repository: 'https://h.example/a', workspace })
  expect(problemsOf([step(1, at('x')), step(2, at('x')), step(3, at(null))])).toEqual([])
  const [problem] = problemsOf([step(1, at('')), step(2, at('x'), ['out-1'])])
  expect(problem?.message).toContain('2 workspaces')
  expect(problem?.cause).toBe('@1: the root of the repository\n@2: x')
})
