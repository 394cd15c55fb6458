/**
 * Who may look. Every program of every user of the machine reaches a port on loopback, and so does every page in the browser: a word that is good
 * once opens the door, a cookie keeps it open for that browser, and a name that somebody else has pointed at this machine (DNS rebinding) is not ours.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export type Verdict =
  | { readonly is: 'in' }
  /** With the cookie to set. */
  | { readonly is: 'entered'; readonly cookie: string }
  | { readonly is: 'refused'; readonly status: number; readonly why: string }

const secret = (): string => randomBytes(32).toString('base64url')

export class Gate {
  readonly #names: ReadonlySet<string>
  /** Cookies know no ports: two of these must not take each other's. */
  readonly #cookieName: string
  readonly #session = secret()
  #token: string | null = secret()

  constructor(port: number) {
    this.#names = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
    this.#cookieName = `roar_ui_${port}`
  }

  /** Path and query that open the door, once. */
  get entrance(): string {
    return `/enter?token=${this.#token ?? ''}`
  }

  judge({ method, url = '/', headers }: IncomingMessage): Verdict {
    if (!this.#names.has(headers.host ?? '')) return refused(421, 'This is not the name of this server.')
    if (method !== 'GET' && method !== 'HEAD') return refused(405, 'These pages are for reading.')
    // A HEAD is a program's that looks where a link leads: it must not take the reader's only way in.
    const token = method === 'HEAD' ? undefined : /^\/enter\?token=([\w-]+)$/.exec(url)?.[1]
    if (token !== undefined && this.#token !== null && equal(token, this.#token)) return this.#enter()
    const start = `${this.#cookieName}=`
    const cookie = (headers.cookie ?? '').split(/; */).find((one) => one.startsWith(start))
    // Who is in and comes by the entrance again, as by reloading it, is where it leads.
    if (cookie && equal(cookie.slice(start.length), this.#session))
      return token === undefined ? { is: 'in' } : this.#enter()
    return refused(401, 'Open the address that `roar ui` printed: it works once. Start it again for another one.')
  }

  #enter(): Verdict {
    this.#token = null
    return { is: 'entered', cookie: `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/` }
  }
}

const refused = (status: number, why: string): Verdict => ({ is: 'refused', status, why })

function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
