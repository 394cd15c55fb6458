import type { PublishedRecipe } from '@roar/core'
import { expect, it } from 'vitest'
import { findProblems } from '../plan/problems.ts'
import { recipeFromRegistry } from './from-registry.ts'

const edge = (path: string) => ({
  path,
  path_b64: null,
  hash: `digest of ${path}`,
  algorithm: 'blake3',
  size: 3,
  kind: 'file',
  reason: null,
})

/** As roar-cli 0.4.7 has registered it. */
const job = (command: string[], cwd: string | undefined, reads: string[], writes: string[]) => ({
  ...{
    jobUid: command.join(' '),
    jobType: 'run',
    stepNumber: 1,
    name: null,
    command: command.join(' '),
    argv: null,
    cwd: null,
  },
  ...{ exitCode: 0, dirty: false, gitRepo: '', gitCommit: 'c0', gitBranch: 'main', startedAt: '2026-01-02T03:04:05Z' },
  ...{ inputs: reads.map(edge), outputs: writes.map(edge), record: null },
  metadata: JSON.stringify({
    ...{ cwd, packages: { pip: { numpy: '1.26.4' }, dpkg: { libc6: '2.36' } } },
    ...{
      git: { remote_url: 'https://git.example/x', clean: true },
      runtime: { command, python: { version: '3.11.7' } },
    },
  }),
})

const recipeOf = (...jobs: object[]) =>
  recipeFromRegistry('x', 'http://registry.example', {
    ...{ hash: null, algorithm: null, sessionHash: 's', jobs, sources: [], incomplete: false },
  } as unknown as PublishedRecipe)

const pathsOf = (...jobs: object[]) =>
  recipeOf(...jobs).steps.flatMap((step) => [...step.inputs, ...step.outputs].map(({ path }) => path))

it('A job of roar-cli has the words, the directory, the remote and the packages that its metadata tells', () => {
  const [step] = recipeOf(job(['cp', 'a', 'b'], 'sub', ['/w/sub/a'], ['/w/sub/b'])).steps
  expect(step).toMatchObject({
    argv: ['cp', 'a', 'b'],
    cwd: 'sub',
    source: { repository: 'https://git.example/x', dirty: false },
  })
  expect(step?.packages.map(({ name, version }) => `${name} ${version}`)).toEqual(['python 3.11.7', 'numpy 1.26.4'])
})

it('Its paths are told from its repository, where a word of the command names a file of it, or its directory is on the way to them', () => {
  expect(pathsOf(job(['sort', 'a', '--output=o/b'], undefined, ['/w/a'], ['/w/o/b']))).toEqual(['a', 'o/b'])
  expect(pathsOf(job(['cp', 'a', '../b'], 'sub', ['/w/sub/a'], ['/w/b', '/etc/x']))).toEqual(['sub/a', 'b', '/etc/x'])
  expect(pathsOf(job(['python3', 'step.py'], 'sub', ['/w/sub/in'], ['/w/out']))).toEqual(['sub/in', 'out'])
  const both = [
    job(['python3', 's.py'], undefined, ['/w/in'], ['/w/mid']),
    job(['cp', 'mid', 'end'], undefined, ['/w/mid'], ['/w/end']),
  ]
  expect(pathsOf(...both)).toEqual(['in', 'mid', 'mid', 'end'])
})

it('An input of it may be in the commit, which is seen when that is there', () =>
  expect(recipeOf(job(['cp', 'a', 'b'], undefined, ['/w/a', '/etc/x'], ['/w/b'])).steps[0]?.inputs).toMatchObject([
    { path: 'a', from: 'outside', perhapsCommitted: true },
    { path: '/etc/x', from: 'outside' },
  ]))

it.each([
  ['no word names a file', job(['python3', 'step.py'], undefined, ['/w/in'], ['/w/out'])],
  ['words say two things', job(['cp', 'a', 'b'], undefined, ['/v/a'], ['/w/b'])],
  ['the directory is twice on the way', job(['python3', 's.py'], 'x', ['/w/x/x/in'], ['/w/x/x/out'])],
])('Where %s, a reproduction says what is not known, and does not guess', (_, one) => {
  const recipe = recipeOf(one)
  expect(findProblems(recipe, [])).toMatchObject([{ code: 'ROAR_REPRODUCE_PLACE' }])
})

it('Metadata that is none, or hostile, is no reason to fail', () => {
  for (const metadata of [
    null,
    '',
    '[]',
    '{"runtime":{"command":"rm"}}',
    '{"runtime":{"command":[]}}',
    '{"runtime":7}',
  ])
    expect(recipeOf({ ...job(['x'], undefined, ['/w/a'], []), metadata }).steps[0]?.argv).toEqual([])
  expect(recipeOf(job(['x'], '../../etc', [], [])).steps[0]?.cwd).toBe('.')
})
