// Hashing as the recorder does it: several algorithms from one read, a cache, files that change or cannot be read.

import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CacheKey, type Digests, fromString, type HashAlgorithm, type HashService } from '@roar/core'
import { expect, it } from 'vitest'
import { createHashService } from './hash-service.ts'

const directory = mkdtempSync(join(tmpdir(), 'roar-hashing-'))
const file = (name: string, bytes: string | Buffer) => {
  writeFileSync(join(directory, name), bytes)
  return fromString(join(directory, name))
}
const by = (name: string, bytes: string | Buffer): string => createHash(name).update(bytes).digest('hex')

const nodeAlgorithm = (name: string): HashAlgorithm => ({
  name,
  digestLength: createHash(name).digest().length,
  create: () => {
    const hash = createHash(name)
    return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() }
  },
})
const service = (cache: Map<string, Digests> | null = null): HashService =>
  createHashService({
    algorithm: async (name) => nodeAlgorithm(name),
    cache:
      cache &&
      (async () => ({
        get: (key) => cache.get(text(key)) ?? null,
        put: (key, value) => void cache.set(text(key), value),
        close: () => undefined,
      })),
  })
const text = (key: CacheKey): string => `${key.ino}:${key.size}:${key.mtimeNs}`

it('one read gives the digests of all algorithms', async () => {
  const [result] = await service().hash([file('a', 'hello')], { algorithms: ['sha256', 'md5'] })
  expect(result?.digests).toEqual({ sha256: by('sha256', 'hello'), md5: by('md5', 'hello') })
  expect(result?.stamp?.size).toBe(5n)
})

it('answers in the order of the request, each path as often as it was asked', async () => {
  const [a, b] = [file('x', '1'), file('y', '2')]
  const results = await service().hash([b, a, b], { algorithms: ['md5'] })
  expect(results.map((one) => one.path)).toEqual([b, a, b])
})

it('a file that cannot be read has an error and no digest', async () => {
  const [missing, folder] = await service().hash([fromString(join(directory, 'none')), fromString(directory)], {
    algorithms: ['md5'],
  })
  expect([missing?.error, folder?.error]).toEqual(['ENOENT', 'EISDIR'])
})

it('a file that changes at every attempt is called unstable', async () => {
  const path = file('moving', 'x'.repeat(100))
  const restless: HashAlgorithm = {
    ...nodeAlgorithm('md5'),
    create: () => ({ update: () => appendFileSync(join(directory, 'moving'), 'y'), digest: () => new Uint8Array(16) }),
  }
  const moving = createHashService({ algorithm: async () => restless, cache: null })
  const abort = AbortSignal.timeout(2000)
  const [result] = await moving.hash([path], { algorithms: ['md5'], signal: abort })
  expect(['UNSTABLE', 'ABORTED']).toContain(result?.error)
  expect(result?.digests).toBeNull()
})

it('a settled file is hashed once; a fresh one is hashed again', async () => {
  const cache = new Map<string, Digests>()
  const bytes = Buffer.alloc(70_000, 'z')
  const path = file('big', bytes)
  await service(cache).hash([path], { algorithms: ['md5'] })
  expect(cache.size).toBe(0)
  utimesSync(join(directory, 'big'), 1, 1)
  await new Promise((resolve) => setTimeout(resolve, 2100))
  await service(cache).hash([path], { algorithms: ['md5'] })
  expect([...cache.values()]).toEqual([{ md5: by('md5', bytes) }])
  for (const key of cache.keys()) cache.set(key, { md5: 'from the cache' })
  const [again] = await service(cache).hash([path], { algorithms: ['md5'] })
  expect(again?.digests).toEqual({ md5: 'from the cache' })
})

it('nothing is hashed once it was aborted', async () => {
  const [result] = await service().hash([file('late', 'x')], { algorithms: ['md5'], signal: AbortSignal.abort() })
  expect(result?.error).toBe('ABORTED')
})
