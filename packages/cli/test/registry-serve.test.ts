import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
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

const json = (workspace: TestWorkspace, ...words: string[]): unknown =>
  JSON.parse(workspace.must(...words, '--json').out)

async function serve(): Promise<{ url: string; process: ChildProcess }> {
  const server = spawn(roarBin, ['registry', 'serve', '--listen', ':0', '--data', data, '-q'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(server)
  const lines = createInterface({ input: server.stdout as NodeJS.ReadableStream })
  for await (const line of lines) {
    const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1]
    if (url) return { url, process: server }
  }
  throw new Error('the registry did not come up')
}

it('serves a registry, says where, keeps its files to itself, and ends well when it is told to', async () => {
  const server = await serve()
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
  const { token } = json(workspace, 'registry', 'token', 'ada', '--rights', 'read', '--data', data) as { token: string }
  const me = await fetch(`${url}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(await me.json()).toMatchObject({ rights: ['read'], user: { username: 'ada' } })
  json(workspace, 'registry', 'backup', join(data, 'copy.db'), '--data', data)
  expect(statSync(join(data, 'copy.db.key')).mode & 0o777).toBe(0o600)
  json(workspace, 'registry', 'account', 'disable', 'ada', '--data', data)
  const after = await fetch(`${url}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(after.status).toBe(401)
})
