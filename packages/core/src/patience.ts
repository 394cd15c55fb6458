/** Asking a server again: whether, and after how long; and how long to listen to one that says nothing. What storages and transfers share. */
import { isRoarError, RoarError } from './errors.ts'

/** Milliseconds without a byte after which a request is given up, as where a connection died and nobody said so. */
export const longestSilence = 60_000

/** Milliseconds over which the rate of a file is looked at: what was slow for a moment can make up for it. */
export const rateWindow = 300_000

/** Bytes a second over that time which are too few for anybody to be waited for, unless a setting says otherwise: modems of old had more. */
export const leastRate = 100

/** Milliseconds: no server has to be waited for longer than that. */
const longestPause = 30_000

/** An error of which another attempt may know nothing: `data.passing`. */
const isPassing = (error: unknown): boolean => isRoarError(error) && error.data.passing === true

/** The attempts at one request, the first one among them. */
export class Attempts {
  readonly #most: number
  readonly #firstPause: number
  readonly #signal: AbortSignal | undefined
  #made = 1

  /** `firstPause`: milliseconds before the second attempt; each further pause is twice as long. */
  constructor(most: number, firstPause: number, signal?: AbortSignal) {
    this.#most = most
    this.#firstPause = firstPause
    this.#signal = signal
  }

  /** Whether another one is due behind this failure. Throws the failure where no attempt could mend it, or nobody waits for one. */
  another(failure: unknown): boolean {
    if (!isPassing(failure) || this.#signal?.aborted) throw failure
    // Who said nothing has been waited for already: that counts for two.
    if (isRoarError(failure) && failure.data.silent === true) this.#made++
    return this.#made < this.#most
  }

  /** Waits before the next one; longer where the server asked for it (`data.after`, in milliseconds). Rejects when the signal aborts. */
  async pause(failure: unknown): Promise<void> {
    const asked = isRoarError(failure) && typeof failure.data.after === 'number' ? failure.data.after : 0
    const wait = Math.min(longestPause, Math.max(asked, this.#firstPause * 2 ** (this.#made - 1)))
    this.#made++
    const { setTimeout } = await import('node:timers/promises')
    await setTimeout(wait, undefined, this.#signal ? { signal: this.#signal } : {})
  }

  /** The last one was worth the while: all further ones are there again. */
  renew(): void {
    this.#made = 1
  }
}

/** What a server answers to `ask`, whose signal ends it when nothing has come for too long. `url` is named then: without secrets. */
export async function listening<T>(
  url: string,
  outer: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const watch = new Watch(outer)
  try {
    return await ask(watch.signal)
  } catch (error) {
    throw watch.silent ? silence(url) : error
  } finally {
    watch.end()
  }
}

/** The same piece by piece; how long one of them is worked on does not count. */
export async function* listeningTo<T>(
  url: string,
  outer: AbortSignal | undefined,
  ask: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const watch = new Watch(outer)
  try {
    for await (const piece of ask(watch.signal)) {
      watch.rest()
      yield piece
      watch.heard()
    }
  } catch (error) {
    throw watch.silent ? silence(url) : error
  } finally {
    watch.end()
  }
}

/** A request's signal: ends it when somebody else does, or when nothing has been heard for too long. */
class Watch {
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

/** The bytes of one file, by however many requests they come: they share a line, so none of them is slow by itself. */
export class Pace {
  readonly #least: number
  #bytes = 0

  /** Bytes a second; 0: however slow it is. */
  constructor(least = leastRate) {
    this.#least = least
  }

  /** The chunks of one request, until too few have come for the file while this one was waited for. `url`: without secrets. */
  async *keeping(url: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let before = this.#bytes
    let waited = 0
    let since = performance.now()
    for await (const chunk of chunks) {
      this.#bytes += chunk.length
      waited += performance.now() - since
      if (waited >= rateWindow) {
        if ((this.#bytes - before) * 1000 < this.#least * waited) throw slowness(url, this.#least)
        before = this.#bytes
        waited = 0
      }
      yield chunk
      since = performance.now()
    }
  }
}

const slowness = (url: string, least: number): RoarError =>
  new RoarError('ROAR_STORAGE_FAILED', `The server delivers ${url} too slowly.`, {
    cause: `Fewer than ${least} bytes a second came for ${rateWindow / 60_000} minutes (get.least_rate).`,
    remedy: [
      'The same command again goes on where this one ended.',
      'roar config set get.least_rate 0 waits for it however slow it is',
    ],
    data: { passing: true, silent: true, slow: true },
  })

const silence = (url: string): RoarError =>
  new RoarError('ROAR_STORAGE_FAILED', `The server does not deliver ${url}.`, {
    cause: `Not a byte came for ${longestSilence / 1000} seconds.`,
    remedy: ['The same command again goes on where this one ended.'],
    data: { passing: true, silent: true },
  })
