import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { statFile } from './stat.ts'

const servers: Server[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const one of servers.splice(0)) {
    one.closeAllConnections()
    one.close()
  }
})

/** Answers with these, one after the other; the last one stays. Resolves with its address and when it was asked. */
async function serve(...answers: readonly (readonly [number, Record<string, string>?])[]) {
  const asked: number[] = []
  const server = createServer((_, response) => {
    const [status, headers] = answers[Math.min(asked.push(Date.now()), answers.length) - 1] as (typeof answers)[number]
    response.writeHead(status, headers).end()
  })
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/f`, asked }
}

it.each([429, 500, 503])('A server that says %i for a moment is asked again', async (status) => {
  const { url, asked } = await serve([status], [200, { 'content-length': '7' }])
  expect(await statFile(url)).toMatchObject({ size: 7 })
  expect(asked).toHaveLength(2)
})

it('It is asked as late as it says', async () => {
  const { url, asked } = await serve([429, { 'retry-after': '1' }], [200])
  await statFile(url)
  expect((asked[1] as number) - (asked[0] as number)).toBeGreaterThanOrEqual(990)
})

it('One that goes on saying so is told, with the way out; what does not pass is not asked again', async () => {
  const failing = await serve([500])
  await expect(statFile(failing.url)).rejects.toMatchObject({
    code: 'ROAR_STORAGE_FAILED',
    remedy: [expect.stringContaining('again')],
  })
  expect(failing.asked).toHaveLength(4)
  const closed = await serve([401])
  await expect(statFile(closed.url)).rejects.toMatchObject({ code: 'ROAR_STORAGE_DENIED' })
  expect(closed.asked).toHaveLength(1)
}, 20_000)

it('One that does not answer is asked again after a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let asked = 0
  const server = createServer((_, response) => void (++asked > 1 && response.writeHead(200).end()))
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const told = statFile(`http://127.0.0.1:${(server.address() as AddressInfo).port}/f`)
  while (asked === 0) await new Promise((resolve) => setImmediate(resolve))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await told).toMatchObject({ etag: null })
  expect(asked).toBe(2)
})
