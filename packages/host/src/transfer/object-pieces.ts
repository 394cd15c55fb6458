/** The bytes of an object in order, fetched in ranges of which several are on their way; what breaks is asked for again from where it broke. */
import {
  Attempts,
  type ByteRange,
  isRoarError,
  listeningTo,
  Pace,
  RoarError,
  type Storage,
  type StorageOptions,
  type StoredObject,
} from '@roar/core'
import { withoutSecrets } from './stored-url.ts'

/** Bytes of a range, and ranges on their way: their product is what a transfer holds in memory. */
const rangeBytes = 8 << 20
const atOnce = 4
const mostAttempts = 5
/** Milliseconds before the second attempt. */
const firstPause = 200
/** Bytes after which a connection was worth the while: the attempts begin anew. */
const headway = 64 << 10

export interface PieceOptions extends StorageOptions {
  /** Bytes a second that have to come, over minutes; 0: however slow it is. */
  readonly leastRate?: number
}
type Paced = StorageOptions & { readonly pace: Pace }

/** A range, or what has arrived of it before it could not be had. */
interface Fetched {
  readonly bytes: Uint8Array
  readonly failure: unknown
}

export async function* objectPieces(
  storage: Storage,
  object: StoredObject,
  start: number,
  given: PieceOptions,
): AsyncGenerator<Uint8Array> {
  const options = paced(given)
  if (object.size === null || !object.ranges) return yield* inOne(storage, object, options)
  const starts: number[] = []
  for (let at = start; at < object.size; at += rangeBytes) starts.push(at)
  const end = (at: number): number => Math.min(at + rangeBytes, object.size as number)
  const ahead: Promise<Fetched>[] = []
  const next = (): void => {
    const at = starts.shift()
    if (at === undefined) return
    const range = wholeRange(storage, object, at, end(at), options)
    // Met when its turn comes.
    range.catch(() => undefined)
    ahead.push(range)
  }
  for (let i = 0; i < atOnce; i++) next()
  for (let piece = ahead.shift(); piece !== undefined; piece = ahead.shift()) {
    const { bytes, failure } = await piece
    // What is there is kept, so that the next command goes on behind it.
    if (bytes.length > 0) yield bytes
    if (failure !== null) throw failure
    next()
  }
}

const paced = ({ leastRate, ...options }: PieceOptions): Paced => ({ ...options, pace: new Pace(leastRate) })

/** A small range as a whole. Rejects where it cannot be had. */
export async function objectRange(
  storage: Storage,
  object: StoredObject,
  { start, end }: { readonly start: number; readonly end: number },
  options: PieceOptions,
): Promise<Uint8Array> {
  const { bytes, failure } = await wholeRange(storage, object, start, end, paced(options))
  if (failure !== null) throw failure
  return bytes
}

async function wholeRange(
  storage: Storage,
  object: StoredObject,
  start: number,
  end: number,
  options: Paced,
): Promise<Fetched> {
  const bytes = Buffer.allocUnsafe(end - start)
  const attempts = new Attempts(mostAttempts, firstPause, options.signal)
  let filled = 0
  for (let before = 0; ; before = filled) {
    try {
      for await (const chunk of heard(storage, object, { start: start + filled, end }, options)) {
        if (filled + chunk.length > bytes.length) throw tooMuch(object)
        bytes.set(chunk, filled)
        filled += chunk.length
      }
      if (filled === bytes.length) return { bytes, failure: null }
      throw cutShort(object)
    } catch (failure) {
      // Who is slow is not worth the while, whatever has come by and by.
      if (filled - before >= headway && !isSlow(failure)) attempts.renew()
      if (!attempts.another(failure)) return { bytes: bytes.subarray(0, filled), failure }
      await attempts.pause(failure)
    }
  }
}

const isSlow = (error: unknown): boolean => isRoarError(error) && error.data.slow === true

/** As they come. One that says nothing for too long, or too little for very long, is given up; how long a piece is worked on does not count. */
function heard(
  storage: Storage,
  object: StoredObject,
  range: ByteRange,
  { pace, ...options }: Paced,
): AsyncIterable<Uint8Array> {
  const url = withoutSecrets(object.url)
  return listeningTo(url, options.signal, (signal) =>
    pace.keeping(url, storage.read(object, range, { ...options, signal })),
  )
}

/** From a server that knows no ranges: what breaks can only begin anew, which is the caller's to do. */
async function* inOne(storage: Storage, object: StoredObject, options: Paced): AsyncGenerator<Uint8Array> {
  let total = 0
  for await (const chunk of heard(storage, object, { start: 0, end: null }, options)) {
    total += chunk.length
    yield chunk
  }
  if (object.size !== null && total < object.size) throw cutShort(object)
  if (object.size !== null && total > object.size) throw tooMuch(object)
}

const cutShort = ({ url }: StoredObject): RoarError =>
  new RoarError('ROAR_STORAGE_FAILED', `The server ended before all of ${withoutSecrets(url)} had arrived.`, {
    remedy: ['The same command again goes on where this one ended.'],
    data: { passing: true },
  })

const tooMuch = ({ url }: StoredObject): RoarError =>
  new RoarError('ROAR_STORAGE_CHANGED', `${withoutSecrets(url)} has more bytes than its server said.`, {
    remedy: ['The same command again takes it as it is then.'],
  })
