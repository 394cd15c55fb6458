/** Who looks at the pages: a login of 12 hours in a cookie. The API takes no cookie, so no other page can use it in somebody's name. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { authenticate } from '../identity/authenticate.ts'
import { type Account, anonymous, type Principal } from '../identity/principal.ts'
import { accessLifetime, issueLogin, logout } from '../identity/tokens.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'

const isSecure = ({ settings }: Registry): boolean => settings.publicUrl.startsWith('https:')

/** With the prefix a browser takes it from this host alone, and over TLS alone. */
const cookieName = (registry: Registry): string => (isSecure(registry) ? '__Host-roar_session' : 'roar_session')

function sessionToken(registry: Registry, request: FastifyRequest): string | null {
  const start = `${cookieName(registry)}=`
  const cookie = (request.headers.cookie ?? '').split(/; */).find((one) => one.startsWith(start))
  return cookie ? cookie.slice(start.length) : null
}

/** A cookie that has ended is nobody's, other than a header: a browser cannot be told to leave it out. */
export async function whoLooks(registry: Registry, request: FastifyRequest): Promise<Principal> {
  const token = sessionToken(registry, request)
  if (request.headers.authorization !== undefined || token === null) return request.principal
  try {
    const nothing = { method: request.method, path: request.url, body: null }
    return await authenticate(registry, `Bearer ${token}`, () => nothing)
  } catch (error) {
    if (error instanceof Refusal) return anonymous
    throw error
  }
}

function setCookie(registry: Registry, reply: FastifyReply, value: string, seconds: number): void {
  const secure = isSecure(registry) ? '; Secure' : ''
  reply.header(
    'set-cookie',
    `${cookieName(registry)}=${value}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${seconds}${secure}`,
  )
}

export async function beginSession(registry: Registry, reply: FastifyReply, account: Account): Promise<void> {
  const { database } = registry
  const { access } = await database.write((tx) => issueLogin(registry, tx, account.id, 'a browser'))
  setCookie(registry, reply, access, accessLifetime / 1000)
}

export async function endSession(registry: Registry, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = sessionToken(registry, request)
  if (token !== null) await logout(registry, token)
  setCookie(registry, reply, '', 0)
}

/** In every form: only a page of ours could have read it. */
export const formToken = (registry: Registry, request: FastifyRequest): string =>
  createHmac('sha256', registry.serverKey)
    .update(`form ${sessionToken(registry, request) ?? ''}`)
    .digest('base64url')

export function requireForm(registry: Registry, request: FastifyRequest, shown: string): void {
  const expected = Buffer.from(formToken(registry, request))
  const given = Buffer.from(shown)
  if (given.length !== expected.length || !timingSafeEqual(given, expected) || isElsewhere(request))
    throw new Refusal('ROAR_REGISTRY_FORBIDDEN', 'This form is not from a page of this registry, or is too old.', {
      remedy: ['Load the page again.'],
    })
}

/** Browsers say where a request comes from; one that says nothing is stopped by the cookie's SameSite. */
export const isElsewhere = ({ headers }: FastifyRequest): boolean => {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}
