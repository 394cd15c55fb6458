/** Asking a server again: whether, and after how long; and how long to listen to one that says nothing. What storages and transfers share. */
import { isRoarError, RoarError } from './errors.ts'

/** Milliseconds without a byte after which a request is given up, as where a connection died and nobody said so. */
export const longestSilence = 60_000

/** Milliseconds: no server has to be waited for longer than that. */
const longestPause = 30_000

/** An error of which another attempt may know nothing: `data.passing`. */
export const isPassing = (error: unknown): error is RoarError => isRoarError(error) && error.data.passing === true

/** Attempts that a failure takes: who said nothing has been waited for already. */
export const attemptsTaken = (error: unknown): number => (isRoarError(error) && error.data.silent === true ? 2 : 1)

/** Waits before the next attempt, `first` ms behind the first one: each time twice as long, or as long as the server asks (`data.after`). Rejects when it is given up. */
export async function pauseBehind(attempt: number, first: number, error: unknown, signal?: AbortSignal): Promise<void> {
  const asked = isRoarError(error) && typeof error.data.after === 'number' ? error.data.after : 0
  const wait = Math.min(longestPause, Math.max(asked, first * 2 ** (attempt - 1)))
  const { setTimeout } = await import('node:timers/promises')
  await setTimeout(wait, undefined, signal ? { signal } : {})
}

/** A request's signal: ends it when somebody else does, or when nothing has been heard for too long. */
export class Watch {
  readonly #controller = new AbortController()
  readonly #outer: AbortSignal | undefined
  #timer: NodeJS.Timeout | undefined
  /** Nothing was heard: the request is ended because of that. */
  silent = false

  constructor(outer?: AbortSignal) {
    this.#outer = outer
    if (outer?.aborted) this.#give()
    else outer?.addEventListener('abort', this.#give)
    this.heard()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Something came: the time begins anew. */
  heard(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.silent = true
      this.#controller.abort()
    }, longestSilence)
  }

  /** Nothing is waited for: until it is heard again, or for good. */
  rest(): void {
    clearTimeout(this.#timer)
  }

  end(): void {
    this.rest()
    this.#outer?.removeEventListener('abort', this.#give)
  }

  readonly #give = (): void => this.#controller.abort(this.#outer?.reason)
}

/** `url`: without secrets. */
export const silence = (url: string): RoarError =>
  new RoarError('ROAR_STORAGE_FAILED', `The server does not deliver ${url}.`, {
    cause: `Not a byte came for ${longestSilence / 1000} seconds.`,
    remedy: ['The same command again goes on where this one ended.'],
    data: { passing: true, silent: true },
  })
