/**
 * The answer of a server that sends chunks of no told number and closes the connection behind them. To fetch, such an answer is whole wherever the
 * connection ends (undici's parser says so of every answer that is not kept alive: `onSocketEnd` in lib/dispatcher/client-h1.js). Node's own client
 * looks for the last chunk.
 */
import type { IncomingMessage } from 'node:http'

export const isEndUnknown = ({ body, headers }: Response): boolean =>
  body !== null &&
  !headers.has('content-length') &&
  /chunked/i.test(headers.get('transfer-encoding') ?? '') &&
  /close/i.test(headers.get('connection') ?? '')

/** The same request once more. What breaks off rejects where the body is read; so does what was packed and ends within. */
export async function askAnew(url: string, init: RequestInit): Promise<Response> {
  const { request } = url.startsWith('https:') ? await import('node:https') : await import('node:http')
  const { Readable } = await import('node:stream')
  const headers = init.headers as Readonly<Record<string, string>>
  const found = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(url, { method: init.method, headers, ...(init.signal && { signal: init.signal }) }, resolve)
    asked.on('error', reject).end()
  })
  const status = found.statusCode ?? 500
  const body = await unpacked(found)
  const fields = Object.entries(found.headersDistinct).flatMap(([name, all = []]) =>
    all.map((value): [string, string] => [name, value]),
  )
  // Those have no bodies, and a body is an error there.
  const isBare = status === 204 || status === 205 || status === 304
  if (isBare) found.resume()
  return new Response(isBare ? null : (Readable.toWeb(body) as ReadableStream), { status, headers: fields })
}

/** As fetch does it, but to the end. */
async function unpacked(found: IncomingMessage): Promise<import('node:stream').Readable> {
  const packing = found.headers['content-encoding']?.toLowerCase()
  if (!packing || packing === 'identity') return found
  const { createBrotliDecompress, createUnzip } = await import('node:zlib')
  const { pipeline } = await import('node:stream')
  const open =
    packing === 'br' ? createBrotliDecompress() : /^(?:x-)?gzip$|^deflate$/.test(packing) ? createUnzip() : null
  // Its failure is the body's, which is read.
  return open === null ? found : pipeline(found, open, () => {})
}
