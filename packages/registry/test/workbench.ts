/** Registries for tests: real servers over real databases, on every engine that is there, and clients of all kinds. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Published, TokenSet } from '../src/api/index.ts'
import type { App } from '../src/http/app.ts'
import { buildServer } from '../src/http/server.ts'
import { addAccount } from '../src/identity/accounts.ts'
import { issueLogin } from '../src/identity/tokens.ts'
import { type OpenRegistry, openRegistry, type RegistryOptions } from '../src/open-registry.ts'
import { chunks } from '../src/read/chunks.ts'
import { postgresPrograms, startPostgres, type TestPostgres } from './postgres.ts'

export interface Place {
  /** A registry of its own; closed at the end of the suite. */
  registry(options?: Partial<RegistryOptions>): Promise<TestRegistry>
  /** What a second server is given to share the first one's database. */
  options(): Promise<RegistryOptions>
}

/** One suite on both engines. Where PostgreSQL is missing, one skipped test says so. */
export function onEveryEngine(name: string, suite: (place: Place) => void): void {
  describe(`${name}, on SQLite`, () => suite(place(async () => undefined)))
  const programs = postgresPrograms()
  if ('missing' in programs) {
    describe(`${name}, on PostgreSQL`, () => {
      it(`runs on PostgreSQL`, (context) => context.skip(programs.missing))
    })
    return
  }
  describe(`${name}, on PostgreSQL`, () => {
    let server: TestPostgres
    beforeAll(async () => {
      server = await startPostgres(programs.at)
    })
    afterAll(() => server.stop())
    suite(place(() => server.database()))
  })
}

export function place(databaseUrl: () => Promise<string | undefined>): Place {
  const opened: { close(): Promise<void> }[] = []
  const directories: string[] = []
  afterAll(async () => {
    for (const one of opened.reverse()) await one.close()
    for (const one of directories) rmSync(one, { recursive: true, force: true })
  })
  const options = async (): Promise<RegistryOptions> => {
    const data = mkdtempSync(join(tmpdir(), 'roar-registry-'))
    directories.push(data)
    return { data, databaseUrl: await databaseUrl(), publicUrl: 'http://registry.test', version: '0.1.0' }
  }
  return {
    options,
    async registry(more = {}) {
      const registry = await openRegistry({ ...(await options()), limits: { requestsPerMinute: 0 }, ...more })
      const app = await buildServer(registry, { strictAnswers: true })
      opened.push(registry, app)
      return new TestRegistry(registry, app)
    },
  }
}

export interface Answer<T = Record<string, unknown>> {
  readonly status: number
  readonly body: T
  readonly headers: Record<string, unknown>
}

export class TestRegistry {
  readonly registry: OpenRegistry
  readonly app: App

  constructor(registry: OpenRegistry, app: App) {
    this.registry = registry
    this.app = app
  }

  /** An account, and a client with its token. */
  async account(name: string): Promise<Client> {
    const account = await addAccount(this.registry, { name, password: `password of ${name}` })
    const { database } = this.registry
    const tokens = await database.write((tx) => issueLogin(this.registry, tx, account.id, 'a test'))
    return new Client(this.app, `Bearer ${tokens.access}`)
  }

  get nobody(): Client {
    return new Client(this.app, null)
  }
}

export class Client {
  readonly #app: App
  readonly authorization: string | null

  constructor(app: App, authorization: string | null) {
    this.#app = app
    this.authorization = authorization
  }

  with(authorization: string | null): Client {
    return new Client(this.#app, authorization)
  }

  async ask<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const answer = await this.#app.inject({
      method: method as 'GET',
      url: path.startsWith('/api') || !path.startsWith('/') ? path : `/api/v1${path}`,
      headers: { ...(this.authorization ? { authorization: this.authorization } : {}), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const isJson =
      String(answer.headers['content-type']).includes('json') && !String(answer.headers['content-type']).includes('nd')
    return {
      status: answer.statusCode,
      body: (isJson && answer.body !== '' ? JSON.parse(answer.body) : answer.body) as T,
      headers: answer.headers,
    }
  }

  get<T>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.ask<T>('GET', path, undefined, headers)
  }
  post<T>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.ask<T>('POST', path, body, headers)
  }

  /** Registers jobs as our own client does; throws when a step is refused. */
  async publish(lineage: Lineage, scope: object | null = null): Promise<Published> {
    const start = await this.post<{ registration_session_id: string; registration_session_token?: string }>(
      '/registration-sessions',
      scope ? { mode: 'attributed' } : { mode: 'anonymous_public' },
    )
    const token = start.body.registration_session_token
    const client = token ? this.with(`RegistrationSession ${token}`) : this
    const at = `/registration-sessions/${start.body.registration_session_id}`
    const { jobs, links, artifacts } = claimsOf(lineage)
    for (const some of chunks(jobs, 5000)) await good(client.post(`${at}/jobs/batch`, { jobs: some }))
    await good(client.post(`${at}/artifacts/batch`, { artifacts }))
    for (const some of chunks(links, 5000)) await good(client.post(`${at}/links/batch`, { links: some }))
    const git = { git_repo: 'https://git.example/repo', git_commit: 'c'.repeat(40), git_branch: 'main' }
    return (
      await good(client.post<Published>(`${at}/finalize`, { ...git, ...(scope ? { scope_request: scope } : {}) }))
    ).body
  }
}

async function good<T>(answer: Promise<Answer<T>>): Promise<Answer<T>> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`)
  return answer
}

/** `job: [inputs, outputs]`, files by a word that stands for their content; `old>new`: `old` was not read, but kept for `new`. */
export type Lineage = Record<string, [readonly string[], readonly string[]]>

export const digestOf = (word: string): string => Buffer.from(`${word}-`.repeat(32)).toString('hex').slice(0, 64)
export const sha256Of = (word: string): string => Buffer.from(`${word}+`.repeat(32)).toString('hex').slice(0, 64)

const contentOf = (word: string): string => word.replace(/>.*/, '')

export function claimsOf(lineage: Lineage) {
  const words = new Set(Object.values(lineage).flatMap(([inputs, outputs]) => [...inputs, ...outputs].map(contentOf)))
  const link = (word: string) => {
    const [content = '', output] = word.split('>')
    return {
      hash: digestOf(content),
      path: `data/${content}`,
      ...(output !== undefined && { kept_for: `data/${output}` }),
    }
  }
  return {
    jobs: Object.keys(lineage).map((uid, at) => ({
      job_uid: uid,
      command: `make ${uid}`,
      argv: ['make', uid],
      cwd: '.',
      timestamp: 1_700_000_000 + at,
      duration_seconds: 1.5,
      exit_code: 0,
      job_type: 'run',
      step_number: at,
      git_commit: 'c'.repeat(40),
      git_branch: 'main',
      record: { packages: [{ ecosystem: 'pypi', name: 'numpy', version: '1.26.4' }] },
    })),
    artifacts: [...words].map((word) => ({
      hashes: [
        { algorithm: 'blake3', digest: digestOf(word) },
        { algorithm: 'sha256', digest: sha256Of(word) },
      ],
      size: word.length,
      source_type: 'file',
    })),
    links: Object.entries(lineage).map(([uid, [inputs, outputs]]) => ({
      job_uid: uid,
      inputs: inputs.map(link),
      outputs: outputs.map(link),
    })),
  }
}

export type { TokenSet }
