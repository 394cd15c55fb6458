/** Bodies: kept as bytes for signatures, refused when they nest too deeply, then parsed. */
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import type { App } from './app.ts'

const open = new Set([0x5b, 0x7b])
const close = new Set([0x5d, 0x7d])
const quote = 0x22
const backslash = 0x5c

/** Deepest nesting of brackets outside of strings. The parser itself would follow any depth, and so would whoever walks the result. */
function nestingOf(text: Buffer): number {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] as number
    if (byte === quote) at = endOfString(text, at)
    else if (open.has(byte)) deepest = Math.max(deepest, ++depth)
    else if (close.has(byte)) depth--
  }
  return deepest
}

function endOfString(text: Buffer, from: number): number {
  for (let at = text.indexOf(quote, from + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    let escapes = 0
    while (text[at - 1 - escapes] === backslash) escapes++
    if (escapes % 2 === 0) return at
  }
  return text.length
}

export function parseBodies(app: App, maxDepth: number): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  const json = (request: FastifyRequest, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
    request.bytes = body
    if (nestingOf(body) > maxDepth)
      return done(new Refusal('ROAR_REGISTRY_INVALID', `The body nests deeper than ${maxDepth} levels.`))
    // Without a body where none is needed: some clients name a type all the same.
    if (body.length === 0) return done(null, undefined)
    return parse(request, body.toString(), done)
  }
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, json)
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16_384 },
    (_, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  )
}
