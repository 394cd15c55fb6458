import { type ByteRange, RoarError, type Storage, type StorageOptions, type StoredObject } from '@roar/core'
import { afterEach, expect, it, vi } from 'vitest'
import { objectPieces } from './object-pieces.ts'

const size = 400_000
const content = Buffer.from(Array.from({ length: size }, (_, at) => at % 251))
const object: StoredObject = {
  ...{ url: 'http://server.example/f', endpoint: null, versionId: null, etag: 'e', size, ranges: true, digests: {} },
}
const cut = (data = {}) => new RoarError('ROAR_STORAGE_FAILED', 'cut', { data: { passing: true, ...data } })

/** Gives so many bytes a request, then breaks. */
function breaking(bytes: number, most = Number.POSITIVE_INFINITY) {
  const asked: ByteRange[] = []
  async function* read(_: StoredObject, range: ByteRange): AsyncGenerator<Uint8Array> {
    asked.push(range)
    if (asked.length > most) throw cut({ after: 1 })
    const end = Math.min(range.start + bytes, range.end ?? size)
    yield content.subarray(range.start, end)
    if (end < (range.end ?? size)) throw cut()
  }
  return { asked, storage: { name: 'http', stat: async () => object, read } satisfies Storage }
}

async function collect(storage: Storage, start = 0) {
  const pieces: Uint8Array[] = []
  let failure: unknown = null
  try {
    for await (const piece of objectPieces(storage, object, start, {})) pieces.push(piece)
  } catch (error) {
    failure = error
  }
  return { bytes: Buffer.concat(pieces), failure }
}

it('A connection that breaks often arrives all the same, as long as it gets on', async () => {
  const { storage, asked } = breaking(66_000)
  const { bytes, failure } = await collect(storage)
  expect(failure).toBeNull()
  expect(bytes.equals(content)).toBe(true)
  expect(asked).toHaveLength(7)
}, 20_000)

it('What has arrived before it could not be gone on with is kept, and the next time begins behind it', async () => {
  const { storage } = breaking(70_000, 2)
  const { bytes, failure } = await collect(storage)
  expect(failure).toMatchObject({ code: 'ROAR_STORAGE_FAILED' })
  expect(bytes.equals(content.subarray(0, 140_000))).toBe(true)
  const rest = await collect(breaking(size).storage, bytes.length)
  expect(Buffer.concat([bytes, rest.bytes]).equals(content)).toBe(true)
}, 20_000)

afterEach(() => void vi.useRealTimers())

/** Gives so many bytes a request, then nothing, and ends only when it is given up. */
function stalling(bytes: number, most = Number.POSITIVE_INFINITY) {
  let asked = 0
  async function* read(
    _: StoredObject,
    { start, end }: ByteRange,
    { signal }: StorageOptions = {},
  ): AsyncGenerator<Uint8Array> {
    if (asked++ >= most) return yield content.subarray(start, end ?? size)
    if (bytes > 0) yield content.subarray(start, start + bytes)
    await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  }
  return { storage: { name: 'http', stat: async () => object, read } satisfies Storage, asked: () => asked }
}

/** As fast as the clock can be turned. */
async function whileSilent<T>(work: Promise<T>): Promise<{ result: T; seconds: number }> {
  let [done, seconds] = [false, 0]
  void work.finally(() => {
    done = true
  })
  for (; !done; seconds++) {
    await vi.advanceTimersByTimeAsync(1000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { result: await work, seconds }
}

it('A server that falls silent is asked again after a minute, from where it fell silent', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { result, seconds } = await whileSilent(collect(stalling(100_000, 1).storage))
  expect(result.failure).toBeNull()
  expect(result.bytes.equals(content)).toBe(true)
  expect(seconds).toBeGreaterThanOrEqual(60)
}, 20_000)

it('One that says nothing at all is told after three times, with what had come before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { storage, asked } = stalling(0)
  const { result } = await whileSilent(collect(storage))
  expect(result.failure).toMatchObject({ code: 'ROAR_STORAGE_FAILED', why: expect.stringContaining('60 seconds') })
  expect(asked()).toBe(3)
}, 20_000)

/** A byte now and then, for ever. */
function trickling(everySeconds: number) {
  let asked = 0
  async function* read(_: StoredObject, { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
    asked++
    for (let at = start; at < (end ?? size); at++) {
      await new Promise((resolve) => setTimeout(resolve, everySeconds * 1000))
      yield content.subarray(at, at + 1)
    }
  }
  return { storage: { name: 'http', stat: async () => object, read } satisfies Storage, asked: () => asked }
}

it('One that gives a byte now and then is given up after minutes, and told as slow; a setting waits for it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const { storage, asked } = trickling(30)
  const { result } = await whileSilent(collect(storage))
  expect(result.failure).toMatchObject({ code: 'ROAR_STORAGE_FAILED', why: expect.stringContaining('get.least_rate') })
  // Five minutes each: with the tenth byte it is given up.
  expect([asked(), result.bytes.length]).toEqual([3, 27])
  const patient = objectPieces(trickling(30).storage, { ...object, size: 40 }, 0, { leastRate: 0 })
  const { result: first } = await whileSilent(patient.next())
  expect(first.value).toHaveLength(40)
}, 20_000)

it('A user who has had enough does not wait for it', async () => {
  const enough = new AbortController()
  const pieces = objectPieces(stalling(0).storage, object, 0, { signal: enough.signal })
  setImmediate(() => enough.abort())
  await expect(pieces.next()).rejects.toMatchObject({ name: 'AbortError' })
})
