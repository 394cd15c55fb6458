// The suite of storages itself: a storage in memory passes, and each of its faults is found by the case that is about it.
import { createHash } from 'node:crypto'
import { RoarError, type Storage } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { type StorageBench, storageSuite } from './storage.ts'

type Change = (good: Storage) => Partial<Storage>

/** The names of the cases that fail. */
async function failures(change: Change): Promise<string[]> {
  const objects = new Map<string, Buffer>()
  const cases: [string, () => Promise<void>][] = []
  const runner = {
    describe: (_: string, body: () => void) => body(),
    it: (is: string, body: () => Promise<void>) => void cases.push([is, body]),
  }
  const bench: StorageBench = {
    url: (name) => `memory://${name}`,
    write: async (name, bytes) => void objects.set(`memory://${name}`, Buffer.from(bytes)),
    read: async (name) => objects.get(`memory://${name}`) ?? null,
    remove: async (name) => void objects.delete(`memory://${name}`),
  }
  const good = storageOf(objects)
  storageSuite(
    runner,
    'memory',
    () => ({ ...good, ...change(good) }),
    async () => bench,
  )
  const failed: string[] = []
  for (const [is, body] of cases) await body().catch(() => failed.push(is))
  return failed
}

function storageOf(objects: Map<string, Buffer>): Storage {
  const etagOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const stat: Storage['stat'] = async (url, options) => {
    options?.signal?.throwIfAborted()
    const bytes = objects.get(url)
    if (bytes === undefined) return null
    const etag = etagOf(bytes)
    return { url, endpoint: null, versionId: null, etag, size: bytes.length, ranges: true, digests: { sha256: etag } }
  }
  return {
    name: 'memory',
    stat,
    async *read({ url, etag }, { start, end }, options) {
      const bytes = objects.get(url)
      if (bytes === undefined) throw new RoarError('ROAR_STORAGE_MISSING', url)
      if (etag !== null && etagOf(bytes) !== etag) throw new RoarError('ROAR_STORAGE_CHANGED', url)
      const wanted = bytes.subarray(start, end ?? undefined)
      for (let at = 0; at < wanted.length; at += 65536) {
        options?.signal?.throwIfAborted()
        yield Uint8Array.from(wanted.subarray(at, at + 65536))
      }
    },
    async *list(prefix) {
      for (const url of objects.keys()) {
        const object = url.startsWith(prefix) ? await stat(url) : null
        if (object) yield object
      }
    },
    partSize: () => null,
    async put(url, source, { replace, signal, onProgress }) {
      signal?.throwIfAborted()
      if (objects.has(url) && !replace) throw new RoarError('ROAR_TRANSFER_EXISTS', url)
      const pieces: Uint8Array[] = []
      for await (const piece of source.pieces(1 << 20)) pieces.push(piece)
      objects.set(url, Buffer.concat(pieces))
      onProgress(source.size)
      return (await stat(url)) as NonNullable<Awaited<ReturnType<typeof stat>>>
    },
  }
}

describe('the suite of storages', () => {
  it('is passed by a storage in memory', async () => expect(await failures(() => ({}))).toEqual([]))

  const faults: Readonly<Record<string, readonly [Change, RegExp]>> = {
    'gives everything where a range is asked for': [
      ({ read }) => ({ read: (object, _, options) => read(object, { start: 0, end: null }, options) }),
      /any range/,
    ],
    'gives what is there now': [
      ({ read }) => ({ read: (object, ...rest) => read({ ...object, etag: null }, ...rest) }),
      /another object/,
    ],
    'gives nothing of what is gone': [
      ({ read }) => ({
        async *read(...asked) {
          try {
            yield* read(...asked)
          } catch (error) {
            if ((error as RoarError).code !== 'ROAR_STORAGE_MISSING') throw error
          }
        },
      }),
      /removed/,
    ],
    'fills one buffer again and again': [
      ({ read }) => ({
        async *read(...asked) {
          const buffer = new Uint8Array(65536)
          for await (const chunk of read(...asked)) {
            buffer.set(chunk)
            yield buffer.subarray(0, chunk.length)
          }
        },
      }),
      /all bytes in order/,
    ],
    'takes the name of a file for a URL': [({ stat }) => ({ stat: (url) => stat(encodeURI(url)) }), /very name/],
    'does not listen': [
      ({ stat, read }) => ({ stat: (url) => stat(url), read: (object, range) => read(object, range) }),
      /stops/,
    ],
    'asserts a digest of something else': [
      ({ stat }) => ({
        stat: async (url, options) => {
          const object = await stat(url, options)
          return object && { ...object, digests: { md5: '00' } }
        },
      }),
      /digests/,
    ],
    'lists what only begins so': [
      ({ list }) => ({ list: (prefix) => list?.(prefix.replace(/\/$/, '')) as AsyncGenerator<never> }),
      /lists/,
    ],
    'puts over what is there': [
      ({ put }) => ({
        put: async (url, source, options) => put?.(url, source, { ...options, replace: true }) as never,
      }),
      /replaces nothing/,
    ],
  }
  it.each(Object.entries(faults))('finds one that %s', async (_, [change, about]) => {
    expect((await failures(change)).some((is) => about.test(is))).toBe(true)
  })
})
