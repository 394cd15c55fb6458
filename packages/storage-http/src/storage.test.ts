// The suite of storages, against a server of Node's that keeps ETags, conditions and ranges.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type StorageBench, storageSuite } from '@roar/conformance'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { createHttp } from './index.ts'

const files = new Map<string, Buffer>()
const pathOf = (name: string): string => `/${name.split('/').map(encodeURIComponent).join('/')}`

function answer({ method, url, headers }: IncomingMessage, response: ServerResponse): void {
  const bytes = files.get(url ?? '')
  if (bytes === undefined) return void response.writeHead(404).end()
  const hash = createHash('sha256').update(bytes).digest()
  const etag = `"${hash.toString('hex')}"`
  const known = { etag, 'accept-ranges': 'bytes', 'repr-digest': `sha-256=:${hash.toString('base64')}:` }
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag) return void response.writeHead(412).end()
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? []
  if (from === undefined) {
    response.writeHead(200, { ...known, 'content-length': bytes.length })
    return void response.end(method === 'HEAD' ? undefined : bytes)
  }
  const part = bytes.subarray(Number(from), to === '' ? undefined : Number(to) + 1)
  const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`
  response.writeHead(206, { ...known, 'content-length': part.length, 'content-range': range }).end(part)
}

const server = createServer(answer)
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())

const bench: StorageBench = {
  url: (name) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathOf(name)}`,
  write: async (name, bytes) => void files.set(pathOf(name), Buffer.from(bytes)),
  read: async (name) => files.get(pathOf(name)) ?? null,
  remove: async (name) => void files.delete(pathOf(name)),
}
storageSuite({ describe, it }, 'http', createHttp, async () => bench)
