/** When and how long to wait before a request is tried again. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Busy, or between two processes of the registry: the same request may do well a moment later. */
export const isPassing = (status: number): boolean =>
  status === 429 || status === 502 || status === 503 || status === 504

/** Nobody is there, or the way there is unknown: another moment seldom helps where no request was answered before. */
const noConnection = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
])

const first = 200
const longest = 30_000

export const pause = {
  attempts: 6,
  /** Of a registry that never answered: one that is being started has a second chance. */
  attemptsFor: (error: unknown, hasAnswered: boolean): number => {
    const code = (error as { cause?: NodeJS.ErrnoException }).cause?.code ?? ''
    return !hasAnswered && noConnection.has(code) ? 2 : pause.attempts
  },
  /** Doubled each time, up to a half of it by chance, so that clients which were cut off together do not come back together. */
  async before(attempt: number, retryAfter: string | null, signal?: AbortSignal): Promise<void> {
    const own = first * 2 ** (attempt - 2)
    const asked = retryAfter === null ? 0 : Number.parseFloat(retryAfter) * 1000 || 0
    const wait = Math.min(longest, Math.max(asked, own * (1 + Math.random() / 2)))
    await sleep(wait, undefined, signal ? { signal } : {})
  },
}
