/** A request that is refused: an HTTP status, and an error that tells its sender the way out. */
import { RoarError } from '@roar/core'

const statuses = {
  ROAR_REGISTRY_INVALID: 400,
  ROAR_REGISTRY_UNAUTHENTICATED: 401,
  ROAR_REGISTRY_FORBIDDEN: 403,
  ROAR_REGISTRY_NOT_FOUND: 404,
  ROAR_REGISTRY_METHOD: 405,
  ROAR_REGISTRY_CONFLICT: 409,
  ROAR_REGISTRY_AMBIGUOUS: 409,
  ROAR_REGISTRY_CLOSED: 409,
  ROAR_REGISTRY_INCOMPLETE: 409,
  ROAR_REGISTRY_TOO_LARGE: 413,
  ROAR_REGISTRY_MEDIA: 415,
  ROAR_REGISTRY_RATE: 429,
  ROAR_REGISTRY_FAULT: 500,
  ROAR_REGISTRY_UNAVAILABLE: 503,
  ROAR_REGISTRY_FULL: 507,
} as const

export type RefusalCode = keyof typeof statuses

export interface RefusalDetails {
  readonly cause?: string
  readonly remedy?: readonly string[]
  readonly details?: readonly string[]
  /** Seconds. */
  readonly retryAfter?: number
}

export class Refusal extends RoarError {
  readonly status: number
  readonly details: readonly string[]
  readonly retryAfter: number | null

  constructor(code: RefusalCode, message: string, { details, retryAfter, ...rest }: RefusalDetails = {}) {
    super(code, message, rest)
    this.status = statuses[code]
    this.details = details ?? []
    this.retryAfter = retryAfter ?? null
  }
}

/** One sentence for what is not there and for what the caller may not see: nobody can tell them apart. */
export const notFound = (what: string): Refusal =>
  new Refusal('ROAR_REGISTRY_NOT_FOUND', `There is no such ${what}, or it is not visible to you.`, {
    remedy: ['roar login, if it lies in a scope of yours', 'roar whoami says who you are to this registry'],
  })
