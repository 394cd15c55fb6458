/** What holds for every storage that lists, and for every one that takes objects. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import type { PutOptions, Storage, UploadSource } from '@roar/core'
import { patterned } from '../hash/samples.ts'
import { refuses, type StorageCase, stated } from './storage-case.ts'

const sourceOf = (bytes: Uint8Array, failsAt = Number.POSITIVE_INFINITY): UploadSource => ({
  size: bytes.length,
  async *pieces(length) {
    for (let from = 0; from < bytes.length || from === 0; from += length) {
      if (from + length > failsAt) throw Object.assign(new Error('the file cannot be read'), { name: 'SourceFails' })
      yield Uint8Array.from(bytes.subarray(from, from + length))
    }
  },
})

const quiet = { replace: false, resume: null, onResumable: () => undefined, onProgress: () => undefined }

/** Not one request, where the storage has parts: a little over two of them. */
function manyParts(storage: Storage): number {
  for (let size = 1 << 20; size <= 1 << 27; size *= 2) {
    const part = storage.partSize?.(size) ?? null
    if (part !== null) return Math.max(size, 2 * part) + 1
  }
  return 3_000_007
}

async function send(storage: Storage, url: string, source: UploadSource, options: Partial<PutOptions> = {}) {
  if (!storage.put) throw new Error('it takes no objects')
  return storage.put(url, source, { ...quiet, ...options })
}

export const listCases: readonly StorageCase[] = [
  {
    is: 'lists the objects below a prefix, each as it says of it alone, and none beside',
    check: async (storage, bench, name) => {
      const below = ['a', 'b/c', 'b/d e', 'b/ä'].map((one) => `${name}/${one}`)
      for (const one of below) await bench.write(one, patterned(one.length))
      await bench.write(`${name}-beside`, patterned(1))
      const found: unknown[] = []
      for await (const object of storage.list?.(bench.url(`${name}/`)) ?? []) found.push(object)
      const wanted = await Promise.all(below.map((one) => stated(storage, bench.url(one))))
      const byUrl = (all: readonly unknown[]) => new Map(all.map((one) => [(one as { url: string }).url, one]))
      deepStrictEqual(byUrl(found), byUrl(wanted))
      for await (const { url } of storage.list?.(bench.url(`${name}/none/`)) ?? []) throw new Error(`lists ${url}`)
    },
  },
]

export const putCases: readonly StorageCase[] = [
  {
    is: 'puts an object of no bytes, of few, and of several parts, and answers what it says of it then',
    check: async (storage, bench, name) => {
      for (const size of [0, 1000, manyParts(storage)]) {
        const bytes = patterned(size)
        let arrived = 0
        const onProgress = (more: number) => {
          arrived += more
        }
        const put = await send(storage, bench.url(`${name}-${size}`), sourceOf(bytes), { onProgress })
        strictEqual(arrived, size, 'bytes that have arrived')
        ok(Buffer.from(bytes).equals((await bench.read(`${name}-${size}`)) ?? Buffer.of(0)), `${size} bytes`)
        const { versionId: _, ...said } = await stated(storage, bench.url(`${name}-${size}`))
        deepStrictEqual({ ...put, versionId: undefined }, { ...said, versionId: undefined })
      }
    },
  },
  {
    is: 'replaces nothing unless it is asked to',
    check: async (storage, bench, name) => {
      await bench.write(name, patterned(10))
      for (const size of [20, manyParts(storage)]) {
        await refuses(() => send(storage, bench.url(name), sourceOf(patterned(size))), 'ROAR_TRANSFER_EXISTS')
        strictEqual((await bench.read(name))?.length, 10)
      }
      await send(storage, bench.url(name), sourceOf(patterned(20)), { replace: true })
      strictEqual((await bench.read(name))?.length, 20)
    },
  },
  {
    is: 'shows nothing of what did not come to its end',
    check: async (storage, bench, name) => {
      const bytes = patterned(manyParts(storage))
      await refuses(
        () => send(storage, bench.url(name), sourceOf(bytes, bytes.length - 1)),
        'SourceFails',
        'ROAR_STORAGE_FAILED',
      )
      strictEqual(await bench.read(name), null)
      await refuses(
        () => send(storage, bench.url(name), sourceOf(bytes), { signal: AbortSignal.abort() }),
        'AbortError',
      )
      strictEqual(await bench.read(name), null)
    },
  },
  {
    is: 'goes on with an upload that did not end, from what it has told of it',
    check: async (storage, bench, name) => {
      const bytes = patterned(manyParts(storage))
      let token: string | null = null
      const onResumable = (told: string) => {
        token = told
      }
      await send(storage, bench.url(name), sourceOf(bytes, bytes.length - 1), { onResumable }).catch(() => undefined)
      if (token === null) return
      await send(storage, bench.url(name), sourceOf(bytes), { resume: token })
      ok(Buffer.from(bytes).equals((await bench.read(name)) ?? Buffer.of(0)))
    },
  },
]
