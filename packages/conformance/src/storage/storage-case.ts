/** One thing that holds for every storage, as a sentence and a check of it, and what a check works with. */
import { ok } from 'node:assert/strict'
import { isRoarError, type Storage, type StoredObject } from '@roar/core'

/** The store by other means than the storage: what it has, and how it comes there. */
export interface StorageBench {
  /** Of an object of that name: words divided by `/`, as they are; a name that ends in `/` is a prefix. */
  url(name: string): string
  /** Puts bytes there, over what is there. */
  write(name: string, bytes: Uint8Array): Promise<void>
  /** Null where nothing is. */
  read(name: string): Promise<Uint8Array | null>
  remove(name: string): Promise<void>
}

export interface StorageCase {
  /** A sentence that could stand in the manual. */
  readonly is: string
  /** `name`: of an object or a prefix that is this case's alone, without a `/` at its end. */
  check(storage: Storage, bench: StorageBench, name: string): Promise<void>
}

/** What a storage says of an object that must be there. */
export async function stated(storage: Storage, url: string): Promise<StoredObject> {
  const object = await storage.stat(url)
  if (object === null) throw new Error(`nothing is said to be at ${url}`)
  return object
}

export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  // A chunk is the receiver's: one that the storage fills again would show.
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

export const whole = { start: 0, end: null }

/** That it is refused, by one of these codes; `AbortError` is a name, as Node has it. */
export async function refuses(attempt: () => Promise<unknown>, ...codes: readonly string[]): Promise<void> {
  const error = await attempt().then(
    () => null,
    (thrown: unknown) => thrown,
  )
  const told = isRoarError(error) ? error.code : error instanceof Error ? error.name : 'nothing'
  ok(codes.includes(told), `${told} where ${codes.join(' or ')} is due: ${String(error)}`)
}
