/** A file's bytes, or a range of them, as long as it is the file that was asked about before. */
import { type ByteRange, RoarError, type StorageOptions, type StoredObject } from '@roar/core'
import { bare, broken, request } from './request.ts'
import { refused } from './stat.ts'

export async function* readFile(
  object: StoredObject,
  { start, end }: ByteRange,
  options: StorageOptions = {},
): AsyncGenerator<Uint8Array> {
  const whole = start === 0 && (end === null || end === object.size)
  const { response } = await request(
    object.url,
    { method: 'GET', headers: conditions(object, start, end, whole) },
    options,
  )
  if (response.status === 412) throw changed(object.url)
  if (!response.ok) throw refused(object.url, response)
  // Not every server looks at conditions.
  if (isAnother(object, response)) throw changed(object.url)
  if (!whole) checkRange(object, response, start)
  try {
    for await (const chunk of response.body ?? []) yield chunk as Uint8Array
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw broken(object.url, error)
  }
}

function conditions(object: StoredObject, start: number, end: number | null, whole: boolean): Record<string, string> {
  return {
    ...(object.etag !== null && { 'if-match': `"${object.etag}"` }),
    ...(!whole && { range: `bytes=${start}-${end === null ? '' : end - 1}` }),
  }
}

/** A server may answer to a range with everything, and another file has another length. */
function checkRange(object: StoredObject, response: Response, start: number): void {
  const told = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '')
  if (response.status === 200 && response.headers.get('content-length') === String(object.size))
    throw allOfIt(object.url)
  const right = response.status === 206 && told !== null && Number(told[1]) === start
  if (!right || (told?.[2] !== '*' && Number(told?.[2]) !== object.size)) throw changed(object.url)
}

function isAnother({ etag }: StoredObject, response: Response): boolean {
  const told = response.headers.get('etag')
  return etag !== null && told !== null && !told.startsWith('W/') && told.replace(/^"|"$/g, '') !== etag
}

/** As long as the file, and the answer to a range: it is to be taken as a whole. */
const allOfIt = (url: string): RoarError =>
  new RoarError('ROAR_STORAGE_FAILED', `The server answers to a range of ${bare(url)} with all of it.`, {
    data: { ranges: false },
  })

const changed = (url: string): RoarError =>
  new RoarError('ROAR_STORAGE_CHANGED', `${bare(url)} is another file than a moment ago.`, {
    cause: 'It was replaced while it was read, or the server does not keep to its own ranges.',
    remedy: ['The same command again takes the new one.'],
  })
