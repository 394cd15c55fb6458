// Who one is at a registry, and where a workspace publishes: real logins at a real registry.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, type TestContext } from 'vitest'
import { roarBin, type Said, type TestWorkspace, workspaces } from '../workspace.ts'
import { CuttingProxy } from './cutting-proxy.ts'
import { RegistryPlace } from './registry-place.ts'

const registry = new RegistryPlace()
const made = workspaces()

beforeAll(() => registry.start())
afterAll(() => registry.remove())

function workspace(): TestWorkspace {
  const w = made()
  w.write('.gitignore', '.roar/\nout\n').write('seed', `${Math.random()}\n`).commit()
  w.must('config', 'set', 'registry.url', registry.url)
  return w
}

/** `roar login` in one terminal, a person with a browser beside it. */
async function login(
  w: TestWorkspace,
  account: string,
  answer: 'approve' | 'deny' = 'approve',
  words: string[] = [],
): Promise<Said> {
  const child = spawn(roarBin, ['login', '--no-browser', ...words], {
    cwd: w.root,
    env: w.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err, shown] = ['', '', false]
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
    const code = /code ([A-Z]+-?[A-Z]+)/.exec(err)?.[1]
    if (shown || code === undefined) return
    shown = true
    registry.approve(code, account, answer)
  })
  return new Promise((done) => child.on('close', (code, signal) => done({ code, signal, out, err })))
}

const json = (said: Said) => JSON.parse(said.out)
const authFile = (w: TestWorkspace) => join(w.place, 'home/.config/roar/auth.json')

it('a login by browser is kept in a file for its owner alone, and the workspace publishes privately from then on', async () => {
  const w = workspace()
  expect(w.must('scope').out).toMatch(/^anonymous: /)
  expect(json(w.roar('whoami', '--json'))).toMatchObject({ authenticated: false, method: 'anonymous' })
  const said = await login(w, 'ada')
  expect(said).toMatchObject({ code: 0 })
  expect(said.out).toContain('logged in')
  expect(statSync(authFile(w)).mode & 0o777).toBe(0o600)
  expect(statSync(join(authFile(w), '..')).mode & 0o777).toBe(0o700)
  expect(json(w.must('whoami', '--json'))).toMatchObject({
    authenticated: true,
    user: { username: 'ada' },
    scope: 'private',
  })
  w.must('run', 'sh', '-c', 'cat seed > out')
  const published = json(w.must('register', 'out', '--json'))
  expect(published).toMatchObject({ scope: 'private', published: { created: true } })
  const digest = w.job('@1').outputs[0]?.digests.blake3
  expect((await registry.get(`/artifacts/${digest}`)).status).toBe(404)
  w.must('logout')
  expect(existsSync(authFile(w))).toBe(false)
  expect(w.roar('register', 'out').err).toContain('ROAR_LOGIN_NEEDED')
})

it('a login that is denied is an error, and nothing is kept or changed', async () => {
  const w = workspace()
  const said = await login(w, 'eve', 'deny')
  expect(said).toMatchObject({ code: 1 })
  expect(said.err).toContain('ROAR_LOGIN_FAILED')
  expect(existsSync(authFile(w))).toBe(false)
  expect(w.must('scope').out).toMatch(/^anonymous: /)
})

it('a scope that was chosen stays; projects are made, listed and published to', async () => {
  const w = workspace()
  w.must('scope', 'use', 'public')
  await login(w, 'bob')
  expect(w.must('scope').out).toMatch(/^public: /)
  expect(w.roar('scope', 'use', 'bob/nothing').err).toContain('ROAR_SCOPE_UNKNOWN')
  expect(w.roar('scope', 'use', 'somewhere').code).toBe(2)
  w.must('scope', 'use', 'bob/cats', '--create')
  const { scopes } = json(w.must('scope', 'list', '--json'))
  expect(scopes).toContainEqual(
    expect.objectContaining({ scope: 'bob/cats', active: true, readable_by: 'members', available: true }),
  )
  w.must('run', 'sh', '-c', 'cat seed > out')
  expect(json(w.must('register', 'out', '--json'))).toMatchObject({ scope: 'bob/cats', published: { created: true } })
  expect(json(w.must('register', 'out', '--public', '--json')).scope).toBe('public')
  const digest = w.job('@1').outputs[0]?.digests.blake3
  expect((await registry.get(`/artifacts/${digest}`)).body).toMatchObject({ visibility: 'public' })
  expect(w.roar('register', 'out', '--public', '--anonymous').code).toBe(2)
  w.must('scope', 'clear')
  expect(w.must('scope').out).toMatch(/^anonymous: /)
})

it('an API token does what it was made for, and nothing after it was taken back', async () => {
  const w = workspace()
  await login(w, 'cyd')
  w.must('run', 'sh', '-c', 'cat seed > out')
  const { token } = json(
    w.must('token', 'create', 'ci', '--right', 'read', '--right', 'write', '--days', '1', '--json'),
  )
  const reading = json(w.must('token', 'create', 'reader', '--json')).token
  w.must('logout')
  const as = (secret: string, ...words: string[]) => w.execute(roarBin, words, { env: { ROAR_TOKEN: secret } })
  expect(as(reading.token, 'register', 'out', '--private').err).toContain('ROAR_REGISTRY_FORBIDDEN')
  expect(as(token.token, 'register', 'out', '--private').code).toBe(0)
  expect(as(token.token, 'token', 'create', 'more').code).toBe(1)
  await login(w, 'cyd')
  expect(w.must('token', 'list').out).toContain('ci')
  w.must('token', 'revoke', token.id)
  expect(as(token.token, 'whoami').code).toBe(1)
})

/** A key of a new account, which nobody is logged in to any more; its path. */
async function keyOf(w: ReturnType<typeof workspace>, account: string, context: TestContext): Promise<string> {
  const key = join(w.place, 'key')
  if (w.execute('sh', ['-c', 'command -v ssh-keygen']).code !== 0) context.skip('ssh-keygen is not installed')
  w.command('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key)
  await login(w, account)
  w.must('key', 'add', `${key}.pub`)
  w.must('logout')
  return key
}

it('a login by SSH key signs each request', async (context) => {
  const w = workspace()
  const key = await keyOf(w, 'dan', context)
  expect(w.must('login', '--ssh-key', key).out).toContain('dan')
  expect(json(w.must('whoami', '--json'))).toMatchObject({ method: 'ssh', user: { username: 'dan' } })
  w.must('run', 'sh', '-c', 'cat seed > out')
  expect(json(w.must('register', 'out', '--private', '--json')).published.created).toBe(true)
  chmodSync(key, 0o600)
  expect(readFileSync(authFile(w), 'utf8')).not.toContain('PRIVATE')
})

it('what is signed survives answers that are lost: the next attempt is signed anew', async (context) => {
  const w = workspace()
  const key = await keyOf(w, 'fay', context)
  w.must('run', 'sh', '-c', 'cat seed > out')
  const proxy = new CuttingProxy(registry.url)
  const url = await proxy.start()
  proxy.cut = ({ path, number }) => (/batch$/.test(path) && number % 2 === 0 ? 'after' : null)
  const words = ['register', 'out', '--private', '--json', '--registry', url]
  const child = spawn(roarBin, words, {
    cwd: w.root,
    env: { ...w.env, ROAR_SSH_KEY: key },
    stdio: ['ignore', 'pipe', 2],
  })
  let out = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  const code = await new Promise((done) => child.on('close', done))
  await proxy.stop()
  expect(code).toBe(0)
  expect(JSON.parse(out).published.created).toBe(true)
  expect(proxy.seen.filter(({ path }) => path.endsWith('batch')).length).toBeGreaterThan(3)
})
