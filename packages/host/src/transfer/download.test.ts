import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ByteRange, RoarError, type Storage, type StoredObject } from '@roar/core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DownloadRoom, download } from './download.ts'

let place: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'roar-download-'))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

const size = 300_000
const contentOf = (seed: number): Buffer => Buffer.from(Array.from({ length: size }, (_, at) => (at * seed) % 251))
const object: StoredObject = {
  ...{ url: 'http://server.example/f', endpoint: null, versionId: null, etag: 'e', size, ranges: true, digests: {} },
}

/** Gives no byte behind `until`. */
function roomOf(content: Buffer, until = size): DownloadRoom & { readonly asked: ByteRange[] } {
  const asked: ByteRange[] = []
  async function* read(_: StoredObject, range: ByteRange) {
    asked.push(range)
    if (range.start < until) yield content.subarray(range.start, Math.min(range.end ?? size, until))
    if ((range.end ?? size) > until)
      throw new RoarError('ROAR_STORAGE_FAILED', 'no more', { data: { passing: true, silent: true } })
  }
  const storage: Storage = { name: 'http', stat: async () => object, read }
  const sha256 = { name: 'sha256', digestLength: 32, create: () => createHash('sha256') }
  const rest = { hashes: {} as never, expected: null, replace: false, signal: new AbortController().signal }
  return { storage, asked, algorithms: [sha256], ...rest, onProgress: () => {} }
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const destination = (): string => join(place, 'f')
const part = (): string => join(place, '.f.roar-part')
const fetched = (room: DownloadRoom) => download(room, object, destination())

it('What was kept is gone on with, and only both ends of it are asked for again', async () => {
  const content = contentOf(7)
  await expect(fetched(roomOf(content, 200_000))).rejects.toMatchObject({ code: 'ROAR_STORAGE_FAILED' })
  expect(statSync(part()).size).toBe(200_000)
  const room = roomOf(content)
  expect((await fetched(room)).digests).toEqual({ sha256: digestOf(content) })
  expect(readFileSync(destination()).equals(content)).toBe(true)
  expect(room.asked.map(({ start, end }) => [start, end])).toEqual([
    [0, 65_536],
    [134_464, 200_000],
    [200_000, 300_000],
  ])
  expect(readdirSync(place)).toEqual(['f'])
})

it('What was kept of other bytes under the same ETag is not made a part of the new ones', async () => {
  await expect(fetched(roomOf(contentOf(7), 200_000))).rejects.toThrow()
  const other = contentOf(11)
  expect((await fetched(roomOf(other))).digests).toEqual({ sha256: digestOf(other) })
  expect(readFileSync(destination()).equals(other)).toBe(true)
})

it('Where nothing has arrived nothing is left', async () => {
  await expect(fetched(roomOf(contentOf(7), 0))).rejects.toMatchObject({ code: 'ROAR_STORAGE_FAILED' })
  expect(readdirSync(place)).toEqual([])
})

it('What a kill has left behind a file that had its name already does no harm to that file', async () => {
  await expect(fetched(roomOf(contentOf(7), 200_000))).rejects.toThrow()
  linkSync(part(), destination())
  const before = readFileSync(destination())
  await expect(download({ ...roomOf(contentOf(11), 0), replace: true }, object, destination())).rejects.toThrow()
  expect(readFileSync(destination()).equals(before)).toBe(true)
  await download({ ...roomOf(contentOf(11)), replace: true }, object, destination())
  expect(readFileSync(destination()).equals(contentOf(11))).toBe(true)
  expect(readdirSync(place)).toEqual(['f'])
})

it.each([null, 'e'])(
  'Of two that fetch the same at once the second is refused, and harms nothing (ETag %s)',
  async (etag) => {
    const same = { ...object, etag }
    const second = () => download(roomOf(contentOf(11)), same, destination())
    async function* read(_: StoredObject, range: ByteRange) {
      await expect(second()).rejects.toMatchObject({ code: 'ROAR_TRANSFER_EXISTS' })
      yield contentOf(7).subarray(range.start, range.end ?? size)
    }
    const room = roomOf(contentOf(7))
    await download({ ...room, storage: { ...room.storage, read } }, same, destination())
    expect(readFileSync(destination()).equals(contentOf(7))).toBe(true)
    expect(readdirSync(place)).toEqual(['f'])
  },
)

it('Another process that is fetching it is left alone while it lives, and its part gone on with when it has ended', async () => {
  await expect(fetched(roomOf(contentOf(7), 200_000))).rejects.toThrow()
  const by = (pid: number) => {
    const note = JSON.parse(readFileSync(`${part()}.json`, 'utf8'))
    writeFileSync(`${part()}.json`, JSON.stringify({ ...note, process: { pid, start: '' } }))
  }
  by(process.ppid)
  const room = roomOf(contentOf(7))
  await expect(fetched(room)).rejects.toMatchObject({
    code: 'ROAR_TRANSFER_EXISTS',
    why: `It is the process ${process.ppid}.`,
  })
  expect([room.asked, statSync(part()).size]).toEqual([[], 200_000])
  by(2 ** 30)
  await fetched(room)
  expect(room.asked.at(-1)).toEqual({ start: 200_000, end: 300_000 })
})

it('A note without its file is no part of anything', async () => {
  await expect(fetched(roomOf(contentOf(7), 200_000))).rejects.toThrow()
  rmSync(part())
  expect((await fetched(roomOf(contentOf(7)))).size).toBe(size)
  expect(existsSync(`${part()}.json`)).toBe(false)
})
