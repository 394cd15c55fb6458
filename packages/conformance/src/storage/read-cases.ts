/** What holds for every storage that is read. */
import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict'
import { createHash, getHashes } from 'node:crypto'
import { patterned } from '../hash/samples.ts'
import { collect, refuses, type StorageCase, stated, whole } from './storage-case.ts'

const size = 3_000_007

export const readCases: readonly StorageCase[] = [
  {
    is: 'says null of what is not there',
    check: async (storage, bench, name) => strictEqual(await storage.stat(bench.url(name)), null),
  },
  {
    is: 'says of an object its URL, its size, and digests that are those of its bytes',
    check: async (storage, bench, name) => {
      const bytes = patterned(100_000)
      await bench.write(name, bytes)
      const object = await stated(storage, bench.url(name))
      strictEqual(object.url, bench.url(name))
      ok(object.size === null || object.size === bytes.length, `a size of ${object.size}`)
      for (const [algorithm, digest] of Object.entries(object.digests)) {
        match(algorithm, /^[a-z0-9][a-z0-9-]*$/)
        if (getHashes().includes(algorithm)) strictEqual(digest, createHash(algorithm).update(bytes).digest('hex'))
      }
    },
  },
  {
    is: 'gives all bytes in order, of an object of many chunks, of one byte and of none',
    check: async (storage, bench, name) => {
      for (const length of [size, 1, 0]) {
        const bytes = patterned(length)
        await bench.write(`${name}-${length}`, bytes)
        const object = await stated(storage, bench.url(`${name}-${length}`))
        ok(Buffer.from(bytes).equals(await collect(storage.read(object, whole))), `${length} bytes`)
        if (length > 0) ok(Buffer.from(bytes).equals(await collect(storage.read(object, { start: 0, end: length }))))
      }
    },
  },
  {
    is: 'gives any range of an object that has ranges',
    check: async (storage, bench, name) => {
      const bytes = patterned(size)
      await bench.write(name, bytes)
      const object = await stated(storage, bench.url(name))
      if (!object.ranges) return
      const ranges = [
        [0, 1],
        [size - 1, size],
        [1, null],
        [70_000, 2_000_000],
        [size - 1, null],
      ] as const
      for (const [start, end] of ranges) {
        const got = await collect(storage.read(object, { start, end }))
        ok(
          Buffer.from(bytes)
            .subarray(start, end ?? size)
            .equals(got),
          `${start} to ${end}: ${got.length} bytes`,
        )
      }
    },
  },
  {
    is: 'never gives the bytes of another object that has taken the place of the one that was asked about',
    check: async (storage, bench, name) => {
      const bytes = patterned(1000)
      await bench.write(name, bytes)
      const object = await stated(storage, bench.url(name))
      // Nothing tells the one from the other where the store itself does not.
      if (object.etag === null && object.versionId === null) return
      await bench.write(
        name,
        bytes.map((byte) => byte ^ 1),
      )
      for (const range of object.ranges ? [whole, { start: 10, end: 20 }] : [whole]) {
        const reading = async () => {
          const got = await collect(storage.read(object, range))
          deepStrictEqual(got, Buffer.from(bytes).subarray(range.start, range.end ?? bytes.length))
          throw Object.assign(new Error('the old version is kept'), { name: 'OldVersion' })
        }
        await refuses(reading, 'ROAR_STORAGE_CHANGED', 'OldVersion')
      }
    },
  },
  {
    is: 'does not take for an empty object what has been removed',
    check: async (storage, bench, name) => {
      await bench.write(name, patterned(1000))
      const object = await stated(storage, bench.url(name))
      await bench.remove(name)
      if (object.versionId !== null) return
      await refuses(() => collect(storage.read(object, whole)), 'ROAR_STORAGE_MISSING', 'ROAR_STORAGE_CHANGED')
    },
  },
  {
    is: 'finds an object by its very name, whatever characters that has',
    check: async (storage, bench, name) => {
      const names = ['a b', 'a+b', 'ä', 'a%20b', "it's (1)", 'x=y&z', '*', '~a'].map((one) => `${name}/${one}`)
      for (const [i, one] of names.entries()) await bench.write(one, patterned(i + 1))
      for (const [i, one] of names.entries()) {
        const object = await stated(storage, bench.url(one))
        strictEqual((await collect(storage.read(object, whole))).length, i + 1, one)
      }
    },
  },
  {
    is: 'stops when it is told to, and when nobody reads on',
    check: async (storage, bench, name) => {
      await bench.write(name, patterned(size))
      const object = await stated(storage, bench.url(name))
      const signal = AbortSignal.abort()
      await refuses(() => storage.stat(bench.url(name), { signal }), 'AbortError')
      await refuses(() => collect(storage.read(object, whole, { signal })), 'AbortError')
      const stopping = new AbortController()
      const halfway = async () => {
        for await (const _ of storage.read(object, whole, { signal: stopping.signal })) stopping.abort()
        // All of it may have been on its way already.
        throw Object.assign(new Error('it was short'), { name: 'AbortError' })
      }
      await refuses(halfway, 'AbortError')
      for await (const chunk of storage.read(object, whole)) if (chunk.length > 0) break
      strictEqual((await collect(storage.read(object, whole))).length, size)
    },
  },
]
