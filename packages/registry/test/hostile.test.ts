/** Requests that nobody means well with. */
import { connect } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ErrorDocument } from '../src/api/index.ts'
import { digestOf, place } from './workbench.ts'

describe('A hostile request', () => {
  const bench = place(async () => undefined)

  it('that is too large, too deep, no JSON, or poisoned is refused with a reason', async () => {
    const { app, nobody } = await bench.registry({ limits: { requestsPerMinute: 0, bodyBytes: 10_000 } })
    const send = (payload: string | Buffer, headers: Record<string, string> = {}) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/artifacts/find',
        headers: { 'content-type': 'application/json', ...headers },
        payload,
      })
    const code = (answer: { body: string }) => (JSON.parse(answer.body) as ErrorDocument).error.code
    expect(code(await send(JSON.stringify({ digests: Array(200).fill('ab'.repeat(32)) })))).toBe(
      'ROAR_REGISTRY_TOO_LARGE',
    )
    const bomb = gzipSync(Buffer.alloc(1_000_000, ' '))
    expect(code(await send(bomb, { 'content-encoding': 'gzip' }))).toBe('ROAR_REGISTRY_TOO_LARGE')
    expect(code(await send(`${'['.repeat(2000)}${']'.repeat(2000)}`))).toBe('ROAR_REGISTRY_INVALID')
    expect(code(await send(`{"digests":["${'['.repeat(100)}\\"]"]}`))).toBe('ROAR_REGISTRY_INVALID')
    expect(code(await send('{"digests": ["ab'))).toBe('ROAR_REGISTRY_INVALID')
    expect(code(await send('{"__proto__": {"x": 1}, "digests": ["abababab"]}'))).toBe('ROAR_REGISTRY_INVALID')
    expect(code(await send('x', { 'content-type': 'text/xml' }))).toBe('ROAR_REGISTRY_MEDIA')
    expect(code(await send('{}', { 'content-encoding': 'br2' }))).toBe('ROAR_REGISTRY_MEDIA')
    expect((await nobody.get('/health')).status).toBe(200)
  })

  it('whose body is JSON but no object is refused by every endpoint that takes one; no body at all is an empty one', async () => {
    const { app } = await bench.registry()
    await app.ready()
    const { paths } = app.swagger() as { paths: Record<string, { post?: { requestBody?: object } }> }
    const posts = Object.keys(paths).filter((path) => paths[path]?.post?.requestBody)
    expect(posts.length).toBeGreaterThan(25)
    const send = (path: string, payload: string) => {
      const url = path.replace('{uid}', 'job').replace(/\{\w+\}/g, '77'.repeat(32))
      return app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json' }, payload })
    }
    const taken: string[] = []
    for (const path of posts)
      for (const payload of ['null', '[]', '[{}]', '7', '"x"', 'true'])
        if ((await send(path, payload)).statusCode !== 400) taken.push(`${path} ${payload}`)
    expect(taken).toEqual([])
    expect((await send('/api/v1/registration-sessions', '')).statusCode).toBe(201)
    expect((await send('/api/v1/auth/logout', '')).statusCode).toBe(200)
  })

  it('that has a million names in one object is refused before anybody walks through them', async () => {
    const { app } = await bench.registry()
    const names = (count: number) => `{${Array.from({ length: count }, (_, at) => `"k${at}":":"`).join(',')}}`
    const send = (record: string) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/auth/logout',
        headers: { 'content-type': 'application/json' },
        payload: `{"first":[${record},{}],"second":${record}}`,
      })
    expect((await send(names(20_000))).statusCode).toBe(200)
    const refused = await send(names(20_001))
    expect([refused.statusCode, refused.json().error.message]).toEqual([
      400,
      'The body has an object with more than 20000 names.',
    ])
  })

  it('by a method that an address does not have is told which it has', async () => {
    const { app } = await bench.registry()
    const ask = (method: string, url: string) => app.inject({ method: method as 'GET', url })
    const session = `/api/v1/sessions/${'7'.repeat(64)}`
    for (const [method, url, allow] of [
      ['DELETE', '/api/v1/health', 'GET, HEAD, OPTIONS'],
      ['PUT', session, 'DELETE, GET, HEAD, OPTIONS'],
      ['PATCH', '/api/v1/artifacts/find', 'GET, HEAD, OPTIONS, POST'],
      ['POST', '/?q=a', 'GET, HEAD, OPTIONS'],
      ['TRACE', '/style.css', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const answer = await ask(method, url)
      expect([url, answer.statusCode, answer.headers.allow]).toEqual([url, 405, allow])
      expect(answer.json().error.code).toBe('ROAR_REGISTRY_METHOD')
    }
    const options = await ask('OPTIONS', session)
    expect([options.statusCode, options.headers.allow, options.body]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS', ''])
    for (const method of ['GET', 'OPTIONS', 'DELETE']) expect((await ask(method, '/nothing')).statusCode).toBe(404)
  })

  it('that brings a form to the API is refused: no signature would cover it', async () => {
    const { app } = await bench.registry()
    const payload = 'client_session_id=abc'
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await app.inject({ method: 'POST', url: '/api/v1/registration-sessions', headers, payload })
    expect([answer.statusCode, answer.json().error.code]).toEqual([415, 'ROAR_REGISTRY_MEDIA'])
  })

  it('that tries to be SQL, a path, or markup is data', async () => {
    const registry = await bench.registry()
    const words = [
      "'; DROP TABLE jobs; --",
      '../../../etc/passwd',
      '%2e%2e%2fetc',
      '<script>alert(1)</script>',
      '\u0000',
      '%00',
    ]
    for (const word of words) {
      for (const path of ['/artifacts/', '/sessions/', '/jobs/', '/registration-sessions/'])
        expect((await registry.nobody.get(`${path}${encodeURIComponent(word)}`)).status).toBeGreaterThanOrEqual(400)
      const search = await registry.nobody.get(`/jobs?command=${encodeURIComponent(word)}`)
      expect(search.status).toBe(word === '\u0000' ? 400 : 200)
      const page = await registry.app.inject({ url: `/device?code=${encodeURIComponent(word)}` })
      expect(page.body).not.toContain('<script>')
    }
    await registry.nobody.publish({ job: [['a'], ['b']] })
    expect((await registry.nobody.get(`/artifacts/${digestOf('b')}`)).status).toBe(200)
  })

  it('that names another registration, or shows another token, adds nothing', async () => {
    const { nobody } = await bench.registry()
    const start = () =>
      nobody.post<{ registration_session_id: string; registration_session_token: string }>('/registration-sessions', {})
    const [first, second] = [(await start()).body, (await start()).body]
    const other = nobody.with(`RegistrationSession ${second.registration_session_token}`)
    expect((await other.post(`/registration-sessions/${first.registration_session_id}/finalize`, {})).status).toBe(404)
    expect((await nobody.post(`/registration-sessions/${first.registration_session_id}/finalize`, {})).status).toBe(404)
    expect((await nobody.with('Bearer nonsense').get('/auth/me')).status).toBe(401)
    expect((await nobody.with('Basic YTpi').get('/auth/me')).status).toBe(401)
  })

  it('that comes too often waits, and is told how long', async () => {
    const { nobody } = await bench.registry({ limits: { requestsPerMinute: 5 } })
    const answers = []
    for (let i = 0; i < 7; i++) answers.push(await nobody.get('/health'))
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 200, 200, 429, 429])
    expect(Number(answers[6]?.headers['retry-after'])).toBeGreaterThan(0)
    expect(answers[6]?.body).toMatchObject({ error: { code: 'ROAR_REGISTRY_RATE' } })
  })

  it('that trickles in does not keep others waiting', async () => {
    const registry = await bench.registry()
    const url = new URL(await registry.app.listen({ host: '127.0.0.1', port: 0 }))
    const slow = Array.from({ length: 50 }, () => {
      const socket = connect(Number(url.port), '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(
        'POST /api/v1/artifacts/find HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n{',
      )
      return socket
    })
    expect((await fetch(`${url.origin}/api/v1/health`)).status).toBe(200)
    expect(registry.app.server.requestTimeout).toBe(60_000)
    for (const socket of slow) socket.destroy()
  })
})

describe('Every answer', () => {
  const bench = place(async () => undefined)

  it('carries headers that keep browsers and caches in their bounds, and the id of its request', async () => {
    const { nobody } = await bench.registry()
    const { headers } = await nobody.get('/health', { 'x-request-id': 'my-own-id-1' })
    expect(headers).toMatchObject({
      'x-request-id': 'my-own-id-1',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-cache',
    })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect((await nobody.get('/health', { 'x-request-id': 'a b\n' })).headers['x-request-id']).toMatch(/^[0-9a-f]{24}$/)
  })

  it('is not sent again when it has not changed, is compressed where that is understood, and read so', async () => {
    const { app, nobody } = await bench.registry()
    await nobody.publish({ job: [Array.from({ length: 40 }, (_, at) => `in${at}`), ['out']] })
    const path = `/artifacts/${digestOf('out')}/lineage?depth=2`
    const first = await nobody.get(path)
    expect(first.headers.etag).toMatch(/^W\//)
    const tag = String(first.headers.etag)
    for (const known of [tag, tag.slice(2), '*', `"other", ${tag}`, `W/"other",${tag.slice(2)}`])
      expect([known, (await nobody.get(path, { 'if-none-match': known })).status]).toEqual([known, 304])
    for (const known of ['"other"', 'W/', tag.slice(3, -1), ''])
      expect([known, (await nobody.get(path, { 'if-none-match': known })).status]).toEqual([known, 200])
    const absent = `/artifacts/${digestOf('nothing')}`
    expect((await nobody.get(absent, { 'if-none-match': '*' })).status).toBe(404)
    expect((await nobody.post('/auth/logout', {}, { 'if-none-match': '*' })).status).toBe(200)
    const packed = await app.inject({ url: `/api/v1${path}`, headers: { 'accept-encoding': 'gzip' } })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(JSON.parse(gunzipSync(packed.rawPayload).toString())).toEqual(first.body)
    const asked = await app.inject({
      method: 'POST',
      url: '/api/v1/artifacts/find',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      payload: gzipSync(JSON.stringify({ digests: [digestOf('out')] })),
    })
    expect(JSON.parse(asked.body).found).toHaveLength(1)
  })

  it('of a list comes in pages that neither repeat nor miss', async () => {
    const { nobody } = await bench.registry()
    for (let at = 0; at < 7; at++) await nobody.publish({ [`job${at}`]: [[], [`out${at}`]] })
    for (const list of ['/sessions', '/jobs']) {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const query: string = cursor === '' ? '' : `&cursor=${cursor}`
        const { body } = await nobody.get<{ items: { hash?: string; id?: string }[]; next: string | null }>(
          `${list}?limit=3${query}`,
        )
        seen.push(...body.items.map((one) => one.hash ?? one.id ?? ''))
        cursor = body.next
      }
      expect(new Set(seen).size).toBe(7)
      expect(seen).toHaveLength(7)
      expect((await nobody.get(`${list}?cursor=nonsense`)).status).toBe(400)
    }
  })
})
