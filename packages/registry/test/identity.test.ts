import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { DeviceCode, TokenSet, WhoAmI } from '../src/api/index.ts'
import { addAccount } from '../src/identity/accounts.ts'
import { run } from './program.ts'
import { onEveryEngine, type TestRegistry } from './workbench.ts'

const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
const day = 86_400_000

onEveryEngine('An identity', (place) => {
  it('comes to a terminal by a page in the browser: pending, slow, denied, approved, once', async () => {
    const registry = await place.registry({ signup: false })
    await addAccount(registry.registry, { name: 'ada', password: 'a long password' })
    const { nobody, app } = registry
    const poll = (device_code: string) =>
      nobody.post<{ error?: string } & TokenSet>('/auth/device/token', { grant_type, device_code })
    const form = (fields: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: '/device',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({
          account: 'ada',
          password: 'a long password',
          answer: 'approve',
          ...fields,
        }).toString(),
      })
    const first = (await nobody.post<DeviceCode>('/auth/device/start', { client_name: '<b>roar</b>' })).body
    expect((await poll(first.device_code)).body.error).toBe('authorization_pending')
    expect((await poll(first.device_code)).body.error).toBe('slow_down')
    const page = await app.inject({ url: `/device?code=${first.user_code.toLowerCase()}` })
    expect(page.body).toContain('&lt;b&gt;roar')
    expect((await form({ code: first.user_code, password: 'a wrong password' })).statusCode).toBe(403)
    expect((await form({ code: first.user_code, account: 'nobody' })).statusCode).toBe(403)
    expect((await form({ code: first.user_code, signup: 'yes', account: 'new' })).statusCode).toBe(403)
    expect((await form({ code: first.user_code, answer: 'deny' })).statusCode).toBe(200)
    expect((await poll(first.device_code)).body.error).toBe('access_denied')
    const second = (await nobody.post<DeviceCode>('/auth/device/start', {})).body
    expect((await form({ code: second.user_code.replace('-', ' ') })).body).toContain('Approved')
    const tokens = (await poll(second.device_code)).body
    expect(tokens).toMatchObject({ token_type: 'Bearer', user: { username: 'ada' } })
    expect((await poll(second.device_code)).body.error).toBe('expired_token')
    expect((await form({ code: second.user_code })).statusCode).toBe(400)
    const me = await nobody.with(`Bearer ${tokens.access_token}`).get<WhoAmI>('/auth/me')
    expect(me.body).toMatchObject({ authenticated: true, user: { username: 'ada' } })
  })

  it('tries passwords only so often', async () => {
    const registry = await place.registry({ limits: { requestsPerMinute: 0, signInsPerMinute: 3 } })
    await addAccount(registry.registry, { name: 'ada', password: 'a long password' })
    const { user_code } = (await registry.nobody.post<DeviceCode>('/auth/device/start', {})).body
    const payload = new URLSearchParams({
      code: user_code,
      account: 'ada',
      password: 'guess',
      answer: 'approve',
    }).toString()
    const statuses: number[] = []
    for (let attempt = 0; attempt < 5; attempt++) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      statuses.push((await registry.app.inject({ method: 'POST', url: '/device', headers, payload })).statusCode)
    }
    expect(statuses).toEqual([403, 403, 403, 429, 429])
  })

  it('ends: by time, by logging out, by a refresh token that was shown twice', async () => {
    let now = Date.now()
    const registry = await place.registry({ now: () => now })
    const ada = await registry.account('ada')
    expect((await ada.get('/auth/access-context')).status).toBe(200)
    now += day
    expect((await ada.get('/auth/access-context')).body).toMatchObject({
      error: { code: 'ROAR_REGISTRY_UNAUTHENTICATED' },
    })
    const bob = await login(registry, 'bob')
    const renewed = await registry.nobody.post<TokenSet>('/auth/refresh', { refresh_token: bob.refresh_token })
    expect(renewed.status).toBe(200)
    const both = registry.nobody.with(`Bearer ${renewed.body.access_token}`)
    expect((await registry.nobody.post('/auth/refresh', { refresh_token: bob.refresh_token })).status).toBe(401)
    expect((await both.get('/auth/me')).status).toBe(200)
    now += 60_000
    expect((await registry.nobody.post('/auth/refresh', { refresh_token: bob.refresh_token })).status).toBe(401)
    expect((await both.get('/auth/me')).status).toBe(401)
    const cy = await login(registry, 'cy')
    const client = registry.nobody.with(`Bearer ${cy.access_token}`)
    expect((await client.post('/auth/logout')).status).toBe(200)
    expect((await client.get('/auth/me')).status).toBe(401)
    expect((await registry.nobody.post('/auth/refresh', { refresh_token: cy.refresh_token })).status).toBe(401)
  })

  it('gives programs tokens with fewer rights, bound to a project, with an end', async () => {
    let now = Date.now()
    const registry = await place.registry({ now: () => now })
    const ada = await registry.account('ada')
    await ada.post('/projects', { name: 'team', visibility: 'private' })
    const made = await ada.post<{ token: string; id: string }>('/tokens', {
      name: 'ci',
      rights: ['read', 'write'],
      expires_in_days: 2,
      project: 'ada/team',
    })
    expect(made.status).toBe(201)
    const ci = registry.nobody.with(`Bearer ${made.body.token}`)
    await ci.publish({ job: [['a'], ['b']] }, { project: 'ada/team', visibility: 'private' })
    const own = { owner_resolution: 'current_user', visibility: 'private' }
    await expect(ci.publish({ job: [['c'], ['d']] }, own)).rejects.toThrow(/404/)
    expect((await ci.post('/tokens', { name: 'more', rights: ['account'], expires_in_days: 1 })).status).toBe(403)
    expect((await ci.get('/tokens')).status).toBe(403)
    const readOnly = await ada.post<{ token: string }>('/tokens', { name: 'r', rights: ['read'], expires_in_days: 1 })
    const reader = registry.nobody.with(`Bearer ${readOnly.body.token}`)
    expect((await reader.post('/registration-sessions', {})).status).toBe(403)
    now += 2 * day
    expect((await ci.get('/auth/me')).status).toBe(401)
  })

  it('is never handed on for longer than it holds: a token that a token makes ends with it', async () => {
    let now = Date.now()
    const registry = await place.registry({ now: () => now })
    const ada = await registry.account('ada')
    type Made = { token: string; expires_at: string }
    const short = { name: 'short', rights: ['read', 'account'], expires_in_days: 1 }
    const first = (await ada.post<Made>('/tokens', short)).body
    const heir = await registry.nobody
      .with(`Bearer ${first.token}`)
      .post<Made>('/tokens', { ...short, expires_in_days: 366 })
    expect([heir.status, heir.body.expires_at]).toEqual([201, first.expires_at])
    now += day
    expect((await registry.nobody.with(`Bearer ${heir.body.token}`).get('/auth/me')).status).toBe(401)
  })

  it('is shown by signatures of SSH keys of every kind, which count once', async (context) => {
    const registry = await place.registry()
    const directory = mkdtempSync(join(tmpdir(), 'roar-ssh-'))
    if ((await run('ssh-keygen', ['-Y', 'sign'])).text.includes('not found'))
      return context.skip('ssh-keygen is not installed')
    const ada = await registry.account('ada')
    for (const [type, bits] of [
      ['ed25519', '256'],
      ['rsa', '2048'],
      ['ecdsa', '256'],
      ['ecdsa', '384'],
      ['ecdsa', '521'],
    ] as const) {
      const key = join(directory, `${type}${bits}`)
      await run('ssh-keygen', ['-q', '-t', type, '-b', bits, '-N', '', '-f', key])
      const public_key = readFileSync(`${key}.pub`, 'utf8')
      expect((await ada.post('/ssh-keys', { public_key })).status).toBe(201)
      const body = { name: `p-${type}-${bits}`, visibility: 'private' }
      const header = await signed(key, public_key, 'POST', '/api/v1/projects', JSON.stringify(body))
      const client = registry.nobody.with(header)
      expect((await client.post('/projects', body)).status).toBe(201)
      // The same signature again, and with another body.
      expect((await client.post('/projects', body)).status).toBe(401)
      expect((await client.post('/projects', { ...body, name: 'other' })).status).toBe(401)
    }
    const [key, line] = [join(directory, 'ed25519256'), readFileSync(join(directory, 'ed25519256.pub'), 'utf8')]
    const old = await signed(key, line, 'GET', '/api/v1/auth/me', null, Math.floor(Date.now() / 1000) - 400)
    expect((await registry.nobody.with(old).get('/auth/me')).status).toBe(401)
    const elsewhere = await signed(key, line, 'GET', '/api/v1/tokens', null)
    expect((await registry.nobody.with(elsewhere).get('/auth/me')).status).toBe(401)
    const good = await signed(key, line, 'GET', '/api/v1/auth/me', null)
    expect((await registry.nobody.with(good).get<WhoAmI>('/auth/me')).body).toMatchObject({ method: 'ssh' })
    const weak = join(directory, 'weak')
    await run('ssh-keygen', ['-q', '-t', 'rsa', '-b', '1024', '-N', '', '-f', weak])
    expect((await ada.post('/ssh-keys', { public_key: readFileSync(`${weak}.pub`, 'utf8') })).status).toBe(400)
  })
})

async function login({ registry }: TestRegistry, name: string): Promise<TokenSet> {
  const { issueLogin } = await import('../src/identity/tokens.ts')
  const { tokenSet } = await import('../src/identity/device-flow.ts')
  const account = await addAccount(registry, { name, password: 'a long password' })
  const tokens = await registry.database.write((tx) => issueLogin(registry, tx, account.id, 'a test'))
  return tokenSet(registry, account, tokens)
}

/** As older clients do it: ssh-keygen over time, method, path and the body's hash. */
async function signed(
  key: string,
  publicKey: string,
  method: string,
  path: string,
  body: string | null,
  ts = Math.floor(Date.now() / 1000),
): Promise<string> {
  const parts = [ts, method, path, ...(body ? [createHash('sha256').update(body).digest('hex')] : [])]
  const file = `${key}.payload`
  writeFileSync(file, parts.join('\n'))
  await run('ssh-keygen', ['-Y', 'sign', '-f', key, '-n', 'glaas', file])
  const armoured = readFileSync(`${file}.sig`, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('-----'))
    .join('')
  await run('rm', [`${file}.sig`])
  const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64')
  const fingerprint = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')
  return `Signature keyid="SHA256:${fingerprint}" ts="${ts}" sig="${armoured}"`
}
