/** One request, through its redirections. What identifies the user goes to the server that was asked, and to no other. */
import { RoarError, type StorageOptions } from '@roar/core'
import { askAnew, isEndUnknown } from './whole-chunks.ts'

export interface Answer {
  readonly response: Response
  /** Of every answer on the way, the first one's first: who redirects to a cache tells there what the file is. */
  readonly headers: readonly Headers[]
}

const mostRedirects = 10
const redirects = new Set([301, 302, 303, 307, 308])

export async function request(
  url: string,
  init: { readonly method: string; readonly headers?: Readonly<Record<string, string>> },
  { signal }: StorageOptions = {},
): Promise<Answer> {
  const headers: Headers[] = []
  let at = new URL(url)
  const first = at.origin
  const credentials = basic(at)
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const own = at.origin === first && credentials !== null ? { authorization: credentials } : {}
    // Bytes as they are, not as they were packed for the way: their number and digests are those of the file.
    const wanted = { 'accept-encoding': 'identity', ...init.headers, ...own }
    const response = await attempt(at, { ...init, headers: wanted, redirect: 'manual', signal: signal ?? null })
    headers.push(response.headers)
    const next = redirects.has(response.status) ? response.headers.get('location') : null
    if (next === null) return { response, headers }
    await response.body?.cancel()
    at = new URL(next, at)
  }
  throw new RoarError('ROAR_STORAGE_FAILED', `${bare(url)} leads from one place to the next without end.`)
}

async function attempt(url: URL, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(bare(url.href, true), init)
    if (!isEndUnknown(response)) return response
    await response.body?.cancel()
    return await askAnew(bare(url.href, true), init)
  } catch (error) {
    if ((error as Error).name === 'AbortError' || (error as Error).name === 'TimeoutError') throw error
    throw broken(url.href, error)
  }
}

export const broken = (url: string, error: unknown): RoarError =>
  new RoarError('ROAR_STORAGE_FAILED', `The server does not deliver ${bare(url)}.`, {
    cause: `The connection failed: ${codeOf(error)}.`,
    remedy: ['The same command again goes on where this one ended.'],
    data: { passing: true },
  })

function codeOf(error: unknown): string {
  const inner = (error as { readonly cause?: unknown }).cause ?? error
  const { code, message, name } = inner as NodeJS.ErrnoException
  // A port that is barred to fetch has no code.
  return code ?? (message || name || 'Error')
}

function basic({ username, password }: URL): string | null {
  if (username === '') return null
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

/** Without a user's name and password; for messages without the query too, which may be a signature. */
export function bare(url: string, query = false): string {
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  if (!query) parsed.search = ''
  return parsed.href
}
