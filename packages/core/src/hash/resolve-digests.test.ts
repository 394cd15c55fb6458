// A digest is recorded only for the bytes that were read or left behind; everything else gets its reason.
import { describe, expect, it } from 'vitest'
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile } from '../classify/classified.ts'
import type { FileStamp } from '../contracts.ts'
import type { HashedFile, HashService } from '../ports.ts'
import { DigestLedger } from './digest-ledger.ts'
import { resolveDigests } from './resolve-digests.ts'

const stamp = (ino: bigint, mtimeNs = 1n): FileStamp => ({ dev: 1n, ino, size: 5n, mtimeNs, ctimeNs: 1n })
const observed = (path: string, more: Partial<ClassifiedFile> = {}): ClassifiedFile => ({
  path: path as BytePath,
  names: [],
  location: path as BytePath,
  stamp: stamp(1n),
  access: ['read'],
  processes: [1],
  destroyed: false,
  onlyMayWrite: false,
  mappedStamp: null,
  code: false,
  ...more,
})
const disk = (files: Record<string, Partial<HashedFile>>): HashService & { asked: string[] } => {
  const asked: string[] = []
  return {
    asked,
    async hash(paths) {
      asked.push(...paths)
      return paths.map((path) => ({ path, digests: null, error: 'ENOENT', stamp: null, ...files[path] }))
    },
    async close() {},
  }
}
const found = (ino: bigint, mtimeNs = 1n) => ({ digests: { blake3: 'ab' }, error: null, stamp: stamp(ino, mtimeNs) })
const options = { algorithms: ['blake3'], hashInputs: true }
const input = async (file: ClassifiedFile, service: HashService, ledger = new DigestLedger(), hashInputs = true) =>
  (await resolveDigests([file], [], ledger, service, { ...options, hashInputs })).inputs[0]

describe('inputs', () => {
  it('get the digest of the version that was read', async () => {
    expect(await input(observed('/a'), disk({ '/a': found(1n) }))).toEqual({
      digests: { blake3: 'ab' },
      size: 5,
      reason: null,
    })
  })
  it('get none when the file changed after the read', async () => {
    expect(await input(observed('/a'), disk({ '/a': found(1n, 2n) }))).toMatchObject({
      digests: {},
      reason: 'changed-after-read',
    })
  })
  it('get none when another file stands at the path', async () => {
    expect(await input(observed('/a'), disk({ '/a': found(2n) }))).toMatchObject({
      digests: {},
      reason: 'changed-after-read',
    })
  })
  it('are not hashed at all when the job destroyed them', async () => {
    const service = disk({ '/a': found(1n) })
    expect(await input(observed('/a', { destroyed: true }), service)).toMatchObject({
      reason: 'overwritten-before-hash',
    })
    expect(service.asked).toEqual([])
  })
  it('keep the digest that was taken before they were destroyed', async () => {
    const ledger = new DigestLedger()
    ledger.note({ path: '/a' as BytePath, ...found(1n) })
    expect(await input(observed('/a', { destroyed: true, location: null }), disk({}), ledger)).toMatchObject({
      digests: { blake3: 'ab' },
      reason: null,
    })
  })
  it('that are gone have vanished', async () => {
    expect(await input(observed('/a', { location: null, destroyed: true }), disk({}))).toMatchObject({
      reason: 'vanished',
    })
    expect(await input(observed('/a'), disk({}))).toMatchObject({ reason: 'vanished' })
  })
  it('are found under the name to which the job moved them', async () => {
    expect(await input(observed('/a', { location: '/b' as BytePath }), disk({ '/b': found(1n) }))).toMatchObject({
      digests: { blake3: 'ab' },
    })
  })
  it('say so when the user wanted no input hashed', async () => {
    expect(await input(observed('/a'), disk({ '/a': found(1n) }), new DigestLedger(), false)).toMatchObject({
      reason: 'not-hashed',
    })
  })
  it('that nobody may read are unreadable, those that never lie still unstable', async () => {
    expect(await input(observed('/a'), disk({ '/a': { error: 'EACCES' } }))).toMatchObject({ reason: 'unreadable' })
    expect(await input(observed('/a'), disk({ '/a': { error: 'UNSTABLE' } }))).toMatchObject({ reason: 'unstable' })
  })
})

describe('outputs', () => {
  it('get the digest of what lies there after the job, hashed once when it is an input too', async () => {
    const service = disk({ '/a': found(1n), '/n': found(2n) })
    const done = await resolveDigests(
      [observed('/a')],
      [observed('/a'), observed('/n')],
      new DigestLedger(),
      service,
      options,
    )
    expect(done.outputs.map((one) => one.digests)).toEqual([{ blake3: 'ab' }, { blake3: 'ab' }])
    expect(service.asked.sort()).toEqual(['/a', '/n'])
  })
})
