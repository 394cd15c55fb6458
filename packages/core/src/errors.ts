/** One error type: a stable code, what happened, why, and the way out. The catalogue is `error-catalogue.ts`; every code has a page in docs/errors. */
export interface ErrorDetails {
  readonly cause?: string
  readonly remedy?: readonly string[]
  /** Process exit code; 1 by default. */
  readonly exitCode?: number
  readonly data?: Readonly<Record<string, unknown>>
}

// Two copies of this module can meet in one process (a bundled program and a plugin's own dependency): a registered symbol joins them.
const brand = Symbol.for('roar.error')

/** What every part of roar throws where the user can do something about it. `why` is the cause, in words; `remedy` has a line for each way out. */
export class RoarError extends Error {
  readonly code: string
  readonly remedy: readonly string[]
  readonly exitCode: number
  readonly why: string
  readonly data: Readonly<Record<string, unknown>>
  readonly [brand] = true

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'RoarError'
    this.code = code
    this.why = details.cause ?? ''
    this.remedy = details.remedy ?? []
    this.exitCode = details.exitCode ?? 1
    this.data = details.data ?? {}
  }
}

/** By its mark, not by its class: also where it comes from another copy of this module. */
export const isRoarError = (error: unknown): error is RoarError =>
  typeof error === 'object' && error !== null && brand in error
