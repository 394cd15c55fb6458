import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { roarBin, TestWorkspace } from './workspace.ts'

let data: string
const started: ChildProcess[] = []
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'roar-serve-'))
})
afterEach(() => {
  for (const one of started.splice(0)) one.kill('SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

/** The document, which is as its schema says. */
function json(workspace: TestWorkspace, ...words: string[]): object {
  const document = JSON.parse(workspace.must(...words, '--json').out)
  expect(schemaErrors(document)).toEqual([])
  return document
}

async function serve(...options: string[]): Promise<{ url: string; process: ChildProcess; said: string }> {
  const server = spawn(roarBin, ['registry', 'serve', '--listen', ':0', '--data', data, '-q', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(server)
  let said = ''
  for await (const chunk of server.stdout as NodeJS.ReadableStream) {
    said += chunk
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
    if (url && said.endsWith('\n')) return { url, process: server, said }
  }
  throw new Error('the registry did not come up')
}

it('serves a registry, says where, keeps its files to itself, and ends well when it is told to', async () => {
  const server = await serve()
  expect(server.said).toBe(`listening on ${server.url}\n`)
  expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ status: 'ready' })
  for (const name of ['registry.db', 'server.key']) expect(statSync(join(data, name)).mode & 0o777).toBe(0o600)
  const ended = new Promise((done) => server.process.once('exit', (code, signal) => done({ code, signal })))
  server.process.kill('SIGTERM')
  expect(await ended).toEqual({ code: 0, signal: null })
})

it('administers it beside the running server: accounts, tokens, a backup', async () => {
  const { url } = await serve()
  const workspace = new TestWorkspace({ git: false })
  const made = json(workspace, 'registry', 'account', 'add', 'ada', '--data', data) as { password: string }
  expect(made.password).toMatch(/^[\w-]{20}$/)
  expect(json(workspace, 'registry', 'account', 'list', '--data', data)).toMatchObject({ accounts: [{ name: 'ada' }] })
  const { token } = json(workspace, 'registry', 'token', 'ada', '--rights', 'read', '--data', data) as { token: string }
  const me = await fetch(`${url}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(await me.json()).toMatchObject({ rights: ['read'], user: { username: 'ada' } })
  json(workspace, 'registry', 'backup', join(data, 'copy.db'), '--data', data)
  expect(statSync(join(data, 'copy.db.key')).mode & 0o777).toBe(0o600)
  json(workspace, 'registry', 'account', 'disable', 'ada', '--data', data)
  const after = await fetch(`${url}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(after.status).toBe(401)
})

it('keeps no copy of a registry that is not there, and leaves nothing of one that cannot be written', () => {
  const workspace = new TestWorkspace({ git: false })
  const refused = (...words: string[]) => JSON.parse(workspace.roar('registry', ...words, '--json').err).error
  const copy = join(workspace.place, 'copy.db')
  expect(refused('backup', copy, '--data', join(data, 'misspelled'))).toMatchObject({ code: 'ROAR_REGISTRY_DATABASE' })
  expect(existsSync(copy) || existsSync(join(data, 'misspelled'))).toBe(false)
  json(workspace, 'registry', 'account', 'add', 'ada', '--data', data)
  const nowhere = join(workspace.place, 'nowhere/copy.db')
  expect(refused('backup', nowhere, '--data', data)).toMatchObject({ code: 'ROAR_REGISTRY_BACKUP' })
})

it('tells what is wrong with the place or the address that it is given, where it cannot start', async () => {
  const { url } = await serve()
  const workspace = new TestWorkspace({ git: false })
  const refused = (...words: string[]): string =>
    JSON.parse(workspace.roar('registry', 'serve', ...words, '-q', '--json').err).error.code
  const own = ['--data', join(workspace.place, 'own')]
  // An address for examples, which no machine has.
  for (const at of [new URL(url).host, '192.0.2.1:0'])
    expect(refused('--listen', at, ...own)).toBe('ROAR_REGISTRY_LISTEN')
  workspace
    .write('file', 'no database at all\n'.repeat(9))
    .write('broken/registry.db', 'no database at all\n'.repeat(9))
  for (const data of ['file', 'file/below', 'broken'])
    expect(refused('--listen', ':0', '--data', join(workspace.root, data))).toBe('ROAR_REGISTRY_DATABASE')
})

it('says where it listens as a document, where a program asks', async () => {
  const { url, said } = await serve('--json')
  expect(JSON.parse(said)).toEqual({ schema: 'roar.registry-serve/1', listening: url })
  expect(schemaErrors(JSON.parse(said))).toEqual([])
})
