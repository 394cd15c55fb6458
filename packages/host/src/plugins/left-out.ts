/** What is said of a plugin whose contribution was left out of a record, since it failed. */
import { isRoarError } from '@roar/core'

/** Hears once of each. */
export type Warn = (message: string) => void

export function leftOut(error: unknown): string {
  if (!isRoarError(error)) return String(error)
  const { message, code, why, remedy } = error
  const lines = [`${message}; this job is recorded without it [${code}]`, ...(why ? [why] : [])]
  return [...lines, ...remedy.map((way) => `→ ${way}`)].join('\n')
}
