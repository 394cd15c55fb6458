/** The contract of object stores: what lies behind the URLs of one scheme. `contracts.ts` re-exports it. */
import type { Digests, RemoteFacts } from './model.ts'

export type StorageFactory = () => Storage | Promise<Storage>

/** Credentials are nobody else's business: neither results nor errors contain them. */
export interface Storage {
  /** The scheme: `s3`. */
  readonly name: string
  /** Null where there is no such object. */
  stat(url: string, options?: StorageOptions): Promise<StoredObject | null>
  /** The bytes of this very version, in order. Rejects with ROAR_STORAGE_CHANGED when another has taken its place. */
  read(object: StoredObject, range: ByteRange, options?: StorageOptions): AsyncIterable<Uint8Array>
  /** Optional: the objects whose URLs begin with it. */
  list?(prefix: string, options?: StorageOptions): AsyncIterable<StoredObject>
  /** Optional: bytes of a part of an upload of so many bytes; null: one request. Together with `put`. */
  partSize?(size: number): number | null
  /** Optional: the object appears whole or not at all. Rejects with ROAR_TRANSFER_EXISTS where one is that may not be replaced. */
  put?(url: string, source: UploadSource, options: PutOptions): Promise<StoredObject>
}

/** Of any question: an aborted signal rejects it with the signal's reason. */
export interface StorageOptions {
  readonly signal?: AbortSignal
}

/** `end` is behind the last byte; null: to the end. */
export interface ByteRange {
  readonly start: number
  readonly end: number | null
}

/** One version of an object, as its keeper describes it. */
export interface StoredObject extends RemoteFacts {
  /** Bytes; null where only reading tells. */
  readonly size: number | null
  /** Can any range of it be read? Else only all of it. */
  readonly ranges: boolean
  /** Of all its bytes, as its keeper asserts them: by names of algorithms, as records have them. */
  readonly digests: Digests
}

/** What is sent: a file, or bytes that are still being made. */
export interface UploadSource {
  /** Bytes. */
  readonly size: number
  /** Pieces of so many bytes, the last one shorter; read once. A piece is the receiver's. */
  pieces(bytes: number): AsyncIterable<Uint8Array>
}

/** How it is sent. `replace` false: an object that is there already stays. */
export interface PutOptions extends StorageOptions {
  readonly replace: boolean
  /** What `onResumable` told of an upload of the same bytes to the same URL that did not end. */
  readonly resume: string | null
  /** The upload can be gone on with by this text. */
  readonly onResumable: (token: string) => void
  /** Bytes that have arrived. */
  readonly onProgress: (bytes: number) => void
}
