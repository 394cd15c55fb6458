/** What a server says of a file before it is fetched. */
import { Attempts, listening, RoarError, type StorageOptions, type StoredObject } from '@roar/core'
import { assertedDigests } from './asserted.ts'
import { type Answer, bare, request } from './request.ts'

const mostAttempts = 4
/** Milliseconds before the second attempt. */
const firstPause = 250

export async function statFile(url: string, options: StorageOptions = {}): Promise<StoredObject | null> {
  const attempts = new Attempts(mostAttempts, firstPause, options.signal)
  for (;;)
    try {
      return await listening(bare(url), options.signal, (signal) => statOnce(url, { ...options, signal }))
    } catch (failure) {
      if (!attempts.another(failure)) throw failure
      await attempts.pause(failure)
    }
}

async function statOnce(url: string, options: StorageOptions): Promise<StoredObject | null> {
  const answer = await ask(url, options)
  await answer.response.body?.cancel()
  const { response, headers } = answer
  if (response.status === 404 || response.status === 410) return null
  if (!response.ok) throw refused(url, response)
  const etag = response.headers.get('etag')
  return {
    url,
    endpoint: null,
    versionId: headers.map((one) => one.get('x-amz-version-id')).find((one) => one && one !== 'null') ?? null,
    // A weak one may stay the same when the bytes change.
    etag: etag === null || etag.startsWith('W/') ? null : etag.replace(/^"|"$/g, ''),
    size: sizeOf(answer),
    ranges: response.status === 206 || response.headers.get('accept-ranges') === 'bytes',
    digests: assertedDigests(headers),
  }
}

/** By HEAD; by the first byte where a server, or a signature for GET alone, refuses that. */
async function ask(url: string, options: StorageOptions): Promise<Answer> {
  const head = await request(url, { method: 'HEAD' }, options)
  if (![400, 403, 405, 501].includes(head.response.status)) return head
  return request(url, { method: 'GET', headers: { range: 'bytes=0-0' } }, options)
}

function sizeOf({ response: { status, headers } }: Answer): number | null {
  if (headers.has('content-encoding') && headers.get('content-encoding') !== 'identity') return null
  const text = status === 206 ? headers.get('content-range')?.split('/')[1] : headers.get('content-length')
  return text && /^\d+$/.test(text) ? Number(text) : null
}

export function refused(url: string, { status, headers }: Pick<Response, 'status' | 'headers'>): RoarError {
  if (status === 401 || status === 403)
    return new RoarError('ROAR_STORAGE_DENIED', `The server gives no access to ${bare(url)}.`, {
      cause: `It says: ${status}.`,
      remedy: ['Take a URL that is signed for you.'],
    })
  if (status === 404 || status === 410)
    return new RoarError('ROAR_STORAGE_MISSING', `There is nothing at ${bare(url)}.`)
  const passing = status >= 500 || status === 429
  return new RoarError('ROAR_STORAGE_FAILED', `The server does not deliver ${bare(url)}.`, {
    cause: status === 429 ? 'It says: 429, too many requests.' : `It says: ${status}.`,
    remedy: passing ? ['The same command again, later: it was asked several times.'] : [],
    data: { passing, ...retryAfter(headers) },
  })
}

/** RFC 9110, 10.2.3: seconds, or a date. In milliseconds. */
function retryAfter(headers: Headers): { readonly after?: number } {
  const text = headers.get('retry-after') ?? ''
  const after = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return after > 0 ? { after } : {}
}
