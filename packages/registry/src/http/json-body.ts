/** Bodies: kept as bytes for signatures, refused when they nest too deeply or have too many names in one object, then parsed. */
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import type { Limits } from '../registry.ts'
import type { App } from './app.ts'

const open = new Set([0x5b, 0x7b])
const close = new Set([0x5d, 0x7d])
const quote = 0x22
const colon = 0x3a
const backslash = 0x5c

/**
 * Deepest nesting of brackets outside of strings, and the most names in one object. The parser itself would follow any depth, and so would whoever
 * walks the result; and it takes seconds for an object of a million names, as does each look through them.
 */
function shapeOf(text: Buffer): { depth: number; names: number } {
  const names: number[] = [0]
  let deepest = 0
  let most = 0
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] as number
    if (byte === quote) at = endOfString(text, at)
    else if (open.has(byte)) deepest = Math.max(deepest, names.push(0) - 1)
    else if (close.has(byte)) names.pop()
    else if (byte === colon) most = Math.max(most, ++(names[names.length - 1] as number))
  }
  return { depth: deepest, names: most }
}

function endOfString(text: Buffer, from: number): number {
  for (let at = text.indexOf(quote, from + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    let escapes = 0
    while (text[at - 1 - escapes] === backslash) escapes++
    if (escapes % 2 === 0) return at
  }
  return text.length
}

export function parseBodies(app: App, most: Pick<Limits, 'jsonDepth' | 'jsonNames'>): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  const json = (request: FastifyRequest, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
    request.bytes = body
    const { depth, names } = shapeOf(body)
    if (depth > most.jsonDepth) return done(invalid(`The body nests deeper than ${most.jsonDepth} levels.`))
    if (names > most.jsonNames) return done(invalid(`The body has an object with more than ${most.jsonNames} names.`))
    // Without a body where none is needed: some clients name a type all the same.
    if (body.length === 0) return done(null, undefined)
    return parse(request, body.toString(), done)
  }
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, json)
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16_384 },
    (request, body, done) => {
      // Forms are of the pages. A signature, which the API takes, would not cover one.
      if (request.url.startsWith('/api/')) return done(noForm)
      return done(null, Object.fromEntries(new URLSearchParams(body as string)))
    },
  )
}

const invalid = (message: string): Refusal => new Refusal('ROAR_REGISTRY_INVALID', message)

const noForm = new Refusal('ROAR_REGISTRY_MEDIA', 'The API takes JSON, and no forms.', {
  remedy: ['Send Content-Type: application/json.'],
})
