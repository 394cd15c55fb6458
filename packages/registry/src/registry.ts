/** What every part of the server is given: the database, the key outside it, the settings, the time. */
import type { Database } from './database/database.ts'

export interface Limits {
  readonly bodyBytes: number
  readonly batchItems: number
  readonly lineageNodes: number
  readonly recipeSteps: number
  readonly jsonDepth: number
  /** In one object. */
  readonly jsonNames: number
  /** Requests a minute from one address or account, in this process; 0: no limit. */
  readonly requestsPerMinute: number
  /** Attempts a minute to sign in, by address and by account name. */
  readonly signInsPerMinute: number
}

export const defaultLimits: Limits = {
  bodyBytes: 16 * 1024 * 1024,
  batchItems: 10_000,
  lineageNodes: 100_000,
  recipeSteps: 10_000,
  jsonDepth: 64,
  jsonNames: 20_000,
  requestsPerMinute: 6000,
  signInsPerMinute: 10,
}

export interface LoginProvider {
  /** `github`, or a name of one's own for an OpenID provider. */
  readonly name: string
  /** Without one it is GitHub's OAuth. */
  readonly issuer?: string
  /** Address of a GitHub Enterprise server, without a slash at the end; else it is github.com. */
  readonly server?: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface Settings {
  /** Where the outside world finds the server; links in answers begin so. Without a slash at the end. */
  readonly publicUrl: string
  /** May anybody make an account? */
  readonly signup: boolean
  readonly providers: readonly LoginProvider[]
  readonly limits: Limits
  readonly version: string
}

export interface Registry {
  readonly database: Database
  readonly serverKey: Buffer
  readonly settings: Settings
  /** Milliseconds since the epoch. */
  now(): number
}

/** The web page of a session, job or artifact. */
export const pageUrl = (registry: Registry, kind: 'dag' | 'job' | 'artifact', name: string): string =>
  `${registry.settings.publicUrl}/${kind}/${name}`
