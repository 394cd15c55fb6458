/** Logging a terminal in by way of a login provider: one that speaks OpenID Connect, the real protocol on this machine. */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, describe, expect, it } from 'vitest'
import type { DeviceCode, TokenSet, WhoAmI } from '../src/api/index.ts'
import { place } from './workbench.ts'

const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'

describe('A login by way of an OpenID provider', () => {
  const bench = place(async () => undefined)
  const open: { close(): void }[] = []
  afterAll(() => open.map((one) => one.close()))

  it('ends with a terminal that acts for the person whom the provider knows, the same one each time', async () => {
    const registryUrl = `http://127.0.0.1:${await freePort()}`
    const issuer = await startProvider(`${registryUrl}/login/acme/callback`)
    const provider = { name: 'acme', issuer: issuer.url, clientId: 'registry', clientSecret: 'a secret of the two' }
    open.push(issuer.server)
    const registry = await bench.registry({ publicUrl: registryUrl, providers: [provider], signup: true })
    await registry.app.listen({ host: '127.0.0.1', port: Number(new URL(registryUrl).port) })
    const people: WhoAmI[] = []
    for (const browser of [new Browser(), new Browser()]) {
      const { body: code } = await registry.nobody.post<DeviceCode>('/auth/device/start', { client_name: 'roar' })
      const approval = await signIn(browser, `${registryUrl}/login/acme?code=${code.user_code}`)
      expect(approval.text).toContain(code.user_code)
      const done = await browser.submit(approval, { answer: 'approve' })
      expect(done.status).toBe(200)
      const device_code = code.device_code
      const { body } = await registry.nobody.post<TokenSet>('/auth/device/token', { grant_type, device_code })
      people.push((await registry.nobody.with(`Bearer ${body.access_token}`).get<WhoAmI>('/auth/me')).body)
    }
    expect(people[0]?.user).toMatchObject({ username: 'ada' })
    expect(people[1]?.user).toEqual(people[0]?.user)
  })

  it('that comes back in another browser, or with a state of somebody else’s making, is refused', async () => {
    const registryUrl = `http://127.0.0.1:${await freePort()}`
    const issuer = await startProvider(`${registryUrl}/login/acme/callback`)
    open.push(issuer.server)
    const provider = { name: 'acme', issuer: issuer.url, clientId: 'registry', clientSecret: 'a secret of the two' }
    const { app, nobody } = await bench.registry({ publicUrl: registryUrl, providers: [provider] })
    const { body } = await nobody.post<DeviceCode>('/auth/device/start', {})
    const begun = await app.inject({ url: `/login/acme?code=${body.user_code}` })
    const state = new URL(String(begun.headers.location)).searchParams.get('state') ?? ''
    const back = (given: string) =>
      app.inject({ url: `/login/acme/callback?code=x&state=${encodeURIComponent(given)}` })
    expect((await back(state)).statusCode).toBe(400)
    expect((await back(`${state.slice(0, -2)}AA`)).statusCode).toBe(400)
    expect((await app.inject({ url: '/login/other?code=ABCD' })).statusCode).toBe(404)
  })
})

describe('A login by way of GitHub', () => {
  const bench = place(async () => undefined)
  const open: { close(): void }[] = []
  afterAll(() => open.map((one) => one.close()))

  it('asks a server of its protocol: the code is exchanged with its verifier, the profile read with the token', async () => {
    const asked: { path: string; body: URLSearchParams; authorization: string | undefined }[] = []
    const github = createServer(async (request, response) => {
      let text = ''
      for await (const chunk of request) text += chunk
      const path = request.url ?? ''
      asked.push({ path, body: new URLSearchParams(text), authorization: request.headers.authorization })
      const isToken = path === '/login/oauth/access_token'
      const answer = isToken
        ? { access_token: 'gho_test', token_type: 'bearer' }
        : { id: 583231, login: 'octocat', email: null }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
    })
    await new Promise<void>((done) => github.listen(0, '127.0.0.1', done))
    open.push(github)
    const server = `http://127.0.0.1:${(github.address() as AddressInfo).port}`
    const provider = { name: 'github', server, clientId: 'id', clientSecret: 'secret' }
    const { app, nobody } = await bench.registry({ providers: [provider], signup: true })
    const { body: code } = await nobody.post<DeviceCode>('/auth/device/start', {})
    const begun = await app.inject({ url: `/login/github?code=${code.user_code}` })
    const there = new URL(String(begun.headers.location))
    expect(`${there.origin}${there.pathname}`).toBe(`${server}/login/oauth/authorize`)
    const cookie = String(begun.headers['set-cookie']).split(';')[0] as string
    const query = new URLSearchParams({ code: 'granted', state: there.searchParams.get('state') ?? '' })
    const back = await app.inject({ url: `/login/github/callback?${query}`, headers: { cookie } })
    expect(back.body).toContain('octocat')
    const verifier = createHash('sha256')
      .update(asked[0]?.body.get('code_verifier') ?? '')
      .digest('base64url')
    expect(verifier).toBe(there.searchParams.get('code_challenge'))
    expect(asked.map((one) => one.path)).toEqual(['/login/oauth/access_token', '/api/v3/user'])
    expect(asked[1]?.authorization).toBe('Bearer gho_test')
    const denied = new URLSearchParams({ error: 'access_denied', state: query.get('state') ?? '' })
    expect((await app.inject({ url: `/login/github/callback?${denied}`, headers: { cookie } })).statusCode).toBe(403)
  })
})

/** The provider's own pages for development take any name; the claims are those of our one person. */
async function startProvider(redirect: string) {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(url, {
    clients: [
      {
        client_id: 'registry',
        client_secret: 'a secret of the two',
        redirect_uris: [redirect],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, preferred_username: id, email: `${id}@acme.test` }),
    }),
    cookies: { keys: ['of the tests'] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  })
  server.on('request', provider.callback())
  return { url, server }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

interface PageSeen {
  readonly url: string
  readonly status: number
  readonly text: string
}

/** Goes through the provider's login and its question, back to the registry. */
async function signIn(browser: Browser, address: string): Promise<PageSeen> {
  let page = await browser.open(address)
  for (let steps = 0; steps < 4 && new URL(page.url).origin !== new URL(address).origin; steps++)
    page = await browser.submit(page, { login: 'ada', password: 'any' })
  return page
}

/** Cookies by origin, redirects followed, forms filled in: as much of a browser as a login needs. */
class Browser {
  readonly #cookies = new Map<string, string>()

  async open(url: string, init: RequestInit = {}): Promise<PageSeen> {
    const { origin } = new URL(url)
    const mine = [...this.#cookies].filter(([name]) => name.startsWith(origin))
    const cookie = mine.map(([name, value]) => `${name.slice(origin.length + 1)}=${value}`).join('; ')
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const one of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
      this.#cookies.set(`${origin} ${name}`, value)
    }
    const location = answer.headers.get('location')
    if (location) return this.open(new URL(location, url).href)
    return { url, status: answer.status, text: await answer.text() }
  }

  submit(page: PageSeen, fields: Readonly<Record<string, string>>): Promise<PageSeen> {
    // Every page of the registry has a form for searching, too.
    const form = [...page.text.matchAll(/<form[^>]*>/g)].find(([tag]) => /method="post"/i.test(tag))?.[0] ?? ''
    const action = / action="([^"]*)"/.exec(form)?.[1] ?? page.url
    const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
    const body = new URLSearchParams({
      ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])),
      ...fields,
    })
    return this.open(new URL(action, page.url).href, { method: 'POST', body })
  }
}
