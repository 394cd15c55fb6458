// Digests of unchanged files are remembered; whatever is wrong with the cache, it is only empty.
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openDigestCache } from './index.ts'

const directory = mkdtempSync(join(tmpdir(), 'roar-cache-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const key = { dev: 1n, ino: 2n ** 63n, size: 3n, mtimeNs: 1_767_225_600_000_000_001n, ctimeNs: 5n }

it('a digest is remembered for this version of this file, and further ones are added to it', () => {
  const path = join(directory, 'a/b/digests.db')
  const cache = openDigestCache(path)
  cache.put(key, { blake3: 'aa' })
  cache.put(key, { sha256: 'bb' })
  cache.close()
  const later = openDigestCache(path)
  expect(later.get(key)).toEqual({ blake3: 'aa', sha256: 'bb' })
  for (const part of ['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const)
    expect(later.get({ ...key, [part]: key[part] + 1n }), part).toBeNull()
  later.close()
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
})

it('it is the user’s alone, even one that an earlier version left open to others', () => {
  const path = join(directory, 'private.db')
  const mode = (suffix = '') => statSync(path + suffix).mode & 0o777
  const first = openDigestCache(path)
  first.put(key, { blake3: 'aa' })
  expect([mode(), mode('-wal'), mode('-shm')]).toEqual([0o600, 0o600, 0o600])
  first.close()
  chmodSync(path, 0o644)
  openDigestCache(path).close()
  expect(mode()).toBe(0o600)
})

it('what one recorder has remembered another one finds', () => {
  const path = join(directory, 'shared.db')
  const [one, other] = [openDigestCache(path), openDigestCache(path)]
  one.put(key, { blake3: 'aa' })
  expect(other.get(key)).toEqual({ blake3: 'aa' })
  one.close()
  other.close()
})

it('a damaged cache is begun anew', () => {
  const path = join(directory, 'damaged.db')
  writeFileSync(path, 'no database, but long enough to be taken for one'.repeat(100))
  const cache = openDigestCache(path)
  cache.put(key, { blake3: 'aa' })
  expect(cache.get(key)).toEqual({ blake3: 'aa' })
  cache.close()
})

it('where it cannot be kept it is empty, and nobody waits for it', () => {
  for (const place of ['/proc/roar/digests.db', '/dev/null/digests.db', directory]) {
    const cache = openDigestCache(place)
    cache.put(key, { blake3: 'aa' })
    expect(cache.get(key), place).toBeNull()
    cache.close()
  }
})
