/** What a job built on, from records written down by hand. */
import { expect, it } from 'vitest'
import { fromString } from './byte-path.ts'
import type { Base, StoredInput, StoredOutput } from './store.ts'
import { usedContents } from './used-contents.ts'

const base = (path: string, digest: string | null): Base => ({
  ...{ path: fromString(path), artifact: 1, kind: 'file', format: null, members: null, size: 1 },
  ...{
    digests: digest === null ? {} : { blake3: digest },
    producer: { kind: 'run', number: 1 },
    producerUid: 'aaaaaaaa',
  },
})
const output = (path: string, ...bases: Base[]): StoredOutput => ({
  ...{ path: fromString(path), names: [], kind: 'file', format: null, members: null, size: 1, artifact: 2 },
  ...{ digests: { blake3: 'bb' }, reason: null, access: ['renamed'], processes: [], code: false },
  ...(bases.length > 0 && { built: { bases, whole: false } }),
})
const input = (path: string, more: object = {}): StoredInput => ({
  ...output(path),
  ...{ access: ['read'], sourced: 'none', inCommit: false, producer: null, producerUid: null, ...more },
})
const told = (list: readonly StoredInput[]) =>
  list.map(({ path, digests, reason, keptFor }) => [path, digests.blake3 ?? reason, keptFor ?? null])

it('is what it read, and what its outputs kept: each for that output', () => {
  const used = usedContents({ inputs: [input('in')], outputs: [output('new', base('old', 'aa')), output('plain')] })
  expect(told(used)).toEqual([
    ['in', 'bb', null],
    ['old', 'aa', 'new'],
  ])
})

it('is told once where two outputs kept the same, and then for both; what was read as well is read', () => {
  const outputs = [output('x', base('set', 'aa')), output('y', base('set', 'aa')), output('z', base('in', 'bb'))]
  expect(told(usedContents({ inputs: [input('in')], outputs }))).toEqual([
    ['in', 'bb', null],
    ['set', 'aa', null],
  ])
})

it('has nothing of outputs that do not count', () => {
  const outputs = [output('x', base('one', 'aa')), output('y', base('two', 'cc'))]
  expect(told(usedContents({ inputs: [], outputs }, ({ path }) => path === 'y'))).toEqual([['two', 'cc', 'y']])
})

it('takes for bytes that nobody could hash what was last made there, and says why', () => {
  const lost = input('log', { digests: {}, reason: 'vanished', built: { bases: [base('log', 'aa')], whole: true } })
  const [used] = usedContents({ inputs: [lost], outputs: [] })
  expect(used).toMatchObject({ path: 'log', digests: { blake3: 'aa' }, reason: 'vanished', producerUid: 'aaaaaaaa' })
})
