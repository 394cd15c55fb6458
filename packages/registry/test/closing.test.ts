/** A server that is told to stop while somebody's request trickles in. */
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { serve } from '../src/serve.ts'

it.each([
  ['on which nothing has come', '', 3000],
  ['with half the head of a request', 'GET /api/v1/health HTTP/1.1\r\nhost: x\r\n', 15_000],
])(
  'A connection %s does not keep a server from stopping',
  async (_, text, most) => {
    const data = mkdtempSync(join(tmpdir(), 'roar-closing-'))
    const server = await serve({ data, host: '127.0.0.1', port: 0, version: '0.1.0' })
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {})
    socket.write(text)
    await sleep(500)
    const closed = server.close().then(() => 'closed')
    expect(await Promise.race([closed, sleep(most, 'open')])).toBe('closed')
    socket.destroy()
    await closed
    rmSync(data, { recursive: true, force: true })
  },
  40_000,
)

it('A request that trickles in does not keep a server from stopping', async () => {
  const data = mkdtempSync(join(tmpdir(), 'roar-closing-'))
  const server = await serve({ data, host: '127.0.0.1', port: 0, version: '0.1.0' })
  const slow = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {})
  const head =
    'POST /api/v1/artifacts/find HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n'
  slow.write(`${head}{`)
  const trickle = setInterval(() => slow.write(' '), 500)
  await sleep(1000)
  const closed = server.close().then(() => 'closed')
  expect(await Promise.race([closed, sleep(20_000, 'open')])).toBe('closed')
  clearInterval(trickle)
  slow.destroy()
  rmSync(data, { recursive: true, force: true })
}, 40_000)
