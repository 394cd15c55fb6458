/** What we give to a browser and get back later: signed with the server's key, so that nothing has to be kept here, and good for ten minutes. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'

const lifetime = 600_000

const markOf = (registry: Registry, text: string): Buffer =>
  createHmac('sha256', registry.serverKey).update(`login ${text}`).digest()

export function signTicket(registry: Registry, parts: readonly string[]): string {
  const text = Buffer.from(JSON.stringify([registry.now() + lifetime, ...parts])).toString('base64url')
  return `${text}.${markOf(registry, text).toString('base64url')}`
}

export function readTicket(registry: Registry, ticket: string): string[] {
  const [text = '', mark = ''] = ticket.split('.')
  const expected = markOf(registry, text)
  const shown = Buffer.from(mark, 'base64url')
  // Only what we signed ourselves is parsed.
  const holds = shown.length === expected.length && timingSafeEqual(shown, expected)
  const [until, ...parts] = holds ? JSON.parse(Buffer.from(text, 'base64url').toString()) : [0]
  if (until < registry.now())
    throw new Refusal('ROAR_REGISTRY_INVALID', 'This login took too long, or did not begin here.', {
      remedy: ['roar login begins another one.'],
    })
  return parts
}
