/** A registry for one test file, as a user starts it: `roar registry serve` in a directory of its own, with accounts. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { roarBin } from '../workspace.ts'

export class RegistryPlace {
  readonly place = mkdtempSync(join(tmpdir(), 'roar-registry-test-'))
  url = ''
  #child: ChildProcess | null = null
  readonly #accounts = new Set<string>()

  async start(port = 0): Promise<this> {
    const words = ['registry', 'serve', '--listen', `127.0.0.1:${port}`, '--data', this.#data, '--signup', '-q']
    const child = spawn(roarBin, words, { cwd: this.place, env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    this.url = await new Promise((found, failed) => {
      let said = ''
      child.stdout.on('data', (chunk) => {
        said += chunk
        const url = /http:\/\/\S+(?=\n)/.exec(said)?.[0]
        if (url !== undefined) found(url)
      })
      child.once('exit', (code) => failed(new Error(`the registry ended with ${code}: ${errors}`)))
    })
    return this
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (child === null || child.exitCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.place, { recursive: true, force: true })
  }

  get #data(): string {
    return join(this.place, 'data')
  }

  get #env(): NodeJS.ProcessEnv {
    return { PATH: process.env.PATH, HOME: this.place, LANG: 'C.UTF-8' }
  }

  async get(path: string): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.url}/api/v1${path}`)
    return { status: response.status, body: await response.json() }
  }

  /** What a person does in a browser: makes an account on the page of the code, or shows its password, and approves. */
  async approve(code: string, account: string, answer: 'approve' | 'deny' = 'approve'): Promise<number> {
    const isNew = !this.#accounts.has(account)
    this.#accounts.add(account)
    const form = { code, account, password: 'correct horse battery', answer, ...(isNew && { signup: 'yes' }) }
    const response = await fetch(`${this.url}/device`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: this.url },
      body: new URLSearchParams(form),
      redirect: 'manual',
    })
    return response.status
  }
}
