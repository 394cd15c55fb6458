/** Requests to one registry: authorised, compressed, tried again where that can help, and refusals turned into errors. */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { isRoarError, type RegistryConnection, RoarError } from '@roar/core'
import { authorization } from './authorization.ts'
import { isPassing, pause } from './patience.ts'
import { refusal } from './refusal.ts'

export interface RequestOptions {
  /** In place of the connection's own. */
  readonly authorization?: string
  /** Not for what must not be done twice. Default true. */
  readonly again?: boolean
  /** Statuses that are answers here, and no refusals. */
  readonly accept?: readonly number[]
}

export interface Answer {
  readonly status: number
  readonly body: unknown
}

const api = '/api/v1'
/** As `Retry-After` says it. */
const nextSecond = '1'
/** A registry that says nothing for so long is taken for gone: publishing a very large lineage takes minutes. Milliseconds; fetch itself gives up at 300 s. */
const silence = 280_000
/** Smaller bodies fit into one packet anyway. */
const worthPacking = 1400
const pack = promisify(gzip)

export class RegistryHttp {
  readonly #connection: RegistryConnection
  readonly #base: string
  #hasAnswered = false

  constructor(connection: RegistryConnection) {
    this.#connection = connection
    this.#base = connection.url.replace(/\/+$/, '')
  }

  async get<T>(path: string): Promise<T> {
    return (await this.send('GET', path)).body as T
  }

  /** Null when it is not there. */
  async find<T>(path: string): Promise<T | null> {
    const { status, body } = await this.send('GET', path, undefined, { accept: [404] })
    return status === 404 ? null : (body as T)
  }

  async post<T>(path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
    return (await this.send('POST', path, body, options)).body as T
  }

  async delete(path: string): Promise<void> {
    await this.send('DELETE', path, undefined, { accept: [404] })
  }

  async send(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
    const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body))
    for (let attempt = 1; ; attempt++) {
      const isLast = (most: number): boolean => attempt >= most || options.again === false
      const answer = await this.#attempt(method, path, bytes, options, isLast)
      const last = isLast(pause.attempts)
      if (answer !== null && (last || !isPassing(answer.status))) return this.#judged(answer, options)
      const least = answer?.headers.get('retry-after') ?? ((await this.#isSigned(options)) ? nextSecond : null)
      await pause.before(attempt + 1, least, this.#connection.signal)
    }
  }

  /** A signature counts once, and two of the same request in one second are one: the registry may have it, and only its answer was lost. */
  async #isSigned(options: RequestOptions): Promise<boolean> {
    const credentials = options.authorization ? null : await this.#connection.credentials?.()
    return credentials != null && 'sshKey' in credentials
  }

  /** Null: nobody answered, and it is worth another attempt. */
  async #attempt(
    method: string,
    path: string,
    bytes: Buffer | null,
    options: RequestOptions,
    isLast: (most: number) => boolean,
  ) {
    try {
      const answer = await this.#fetched(method, path, bytes, options)
      this.#hasAnswered = true
      return answer
    } catch (error) {
      // A key that cannot sign is no silence of the registry.
      if (this.#connection.signal?.aborted || isRoarError(error)) throw error
      if (!isNetwork(error) || isLast(pause.attemptsFor(error, this.#hasAnswered))) throw this.#unreachable(error)
      this.#connection.onRetry?.(reasonOf(error))
      return null
    }
  }

  async #fetched(method: string, path: string, bytes: Buffer | null, options: RequestOptions) {
    const { signal } = this.#connection
    const whole = api + path
    const credentials = options.authorization ? null : ((await this.#connection.credentials?.()) ?? null)
    const proof = options.authorization ?? (await authorization(credentials, { method, path: whole, body: bytes }))
    // What is signed is sent as it is: between two machines a body may be packed anew.
    const packed = bytes !== null && bytes.length > worthPacking && !(credentials && 'sshKey' in credentials)
    const response = await fetch(this.#base + whole, {
      method,
      headers: {
        accept: 'application/json',
        ...(bytes && { 'content-type': 'application/json' }),
        ...(packed && { 'content-encoding': 'gzip' }),
        ...(proof && { authorization: proof }),
      },
      body: packed ? await pack(bytes, { level: 1 }) : bytes,
      // A redirected POST would arrive as a GET, and credentials do not follow to another host.
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(silence), ...(signal ? [signal] : [])]),
    })
    // Read here: an answer that breaks off is as good as none.
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  #judged(answer: { status: number; headers: Headers; text: string }, { accept = [] }: RequestOptions): Answer {
    const { status, headers, text } = answer
    if (status >= 200 && status < 300) return { status, body: text === '' ? null : parsed(text, this.#base) }
    if (accept.includes(status)) return { status, body: parsedOr(text) }
    throw refusal({ url: this.#base, status, location: headers.get('location'), body: parsedOr(text) })
  }

  #unreachable(error: unknown): RoarError {
    return new RoarError('ROAR_REGISTRY_UNREACHABLE', `The registry ${this.#base} does not answer.`, {
      cause: reasonOf(error),
      remedy: ['roar config get registry.url shows where it is sought', 'Try again: what was sent already is kept'],
    })
  }
}

function reasonOf(error: unknown): string {
  const cause = (error as { cause?: Error }).cause ?? (error as Error)
  return cause.message || String((cause as NodeJS.ErrnoException).code ?? error)
}

/** `fetch` rejects with a TypeError when there is no connection, a TimeoutError when nothing comes; all else is a fault of ours. */
const isNetwork = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TypeError' || error.name === 'TimeoutError') && !isAddress(error)

/** Ports of other services are barred to `fetch` (https://fetch.spec.whatwg.org/#port-blocking), always. */
const isAddress = ({ cause }: Error): boolean =>
  (cause as NodeJS.ErrnoException)?.code === 'ERR_INVALID_URL' || (cause as Error)?.message === 'bad port'

function parsed(text: string, url: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RoarError('ROAR_REGISTRY_ANSWER', `${url} answers, but not as a registry does.`, {
      cause: `Its answer is no JSON: ${text.slice(0, 120)}`,
      remedy: ['roar config get registry.url shows the address'],
    })
  }
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text.slice(0, 500)
  }
}
