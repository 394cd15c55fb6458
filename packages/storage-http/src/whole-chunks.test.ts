// What a server sends in chunks, closing the connection behind them, is whole only with the last chunk.

import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHttp } from './index.ts'

const packed = gzipSync(Buffer.alloc(5000, 'abc'))
const chunk = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
const last = Buffer.from('0\r\n\r\n')
const plain = Buffer.alloc(1000, 'x')
const bodies: Readonly<Record<string, { readonly head?: string; readonly body: Buffer }>> = {
  '/whole': { body: Buffer.concat([chunk(plain), last]) },
  '/cut': { body: chunk(plain) },
  '/cut-within': { body: chunk(plain).subarray(0, 700) },
  '/packed': { head: 'Content-Encoding: gzip\r\n', body: Buffer.concat([chunk(packed), last]) },
  '/packed-cut': { head: 'Content-Encoding: gzip\r\n', body: Buffer.concat([chunk(packed.subarray(0, -9)), last]) },
}

const server = createServer((socket: Socket) => {
  socket.on('error', () => {})
  socket.once('data', (asked) => {
    const [method, path = ''] = String(asked).split(' ')
    const { head = '', body } = bodies[path] as (typeof bodies)[string]
    socket.write(`HTTP/1.1 200 OK\r\n${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n`)
    socket.end(method === 'HEAD' ? '' : body)
  })
})
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())

async function fetched(path: string): Promise<Buffer> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
  const object = { url, endpoint: null, versionId: null, etag: null, size: null, ranges: false, digests: {} }
  const chunks: Uint8Array[] = []
  for await (const one of createHttp().read(object, { start: 0, end: null })) chunks.push(one)
  return Buffer.concat(chunks)
}

it('with it, it is', async () => {
  expect(await fetched('/whole')).toEqual(plain)
  expect(await fetched('/packed')).toEqual(Buffer.alloc(5000, 'abc'))
})

it.each(['/cut', '/cut-within', '/packed-cut'])('%s is none, and another attempt may help', async (path) => {
  await expect(fetched(path)).rejects.toMatchObject({ code: 'ROAR_STORAGE_FAILED', data: { passing: true } })
})
