/** Sends one file: read once, hashed on the way, and compared with what the store says that it has. */
import { promises } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import {
  type Digests,
  type HashAlgorithm,
  RoarError,
  type Storage,
  type StoredObject,
  type UploadSource,
} from '@roar/core'
import { mismatch } from './expected-digest.ts'
import { withoutSecrets } from './stored-url.ts'
import { transferDigests } from './transfer-digests.ts'

export interface UploadRoom {
  readonly storage: Storage
  readonly algorithms: readonly HashAlgorithm[]
  readonly replace: boolean
  readonly signal: AbortSignal
  readonly onProgress: (bytes: number) => void
  /** Keeps by what an upload can be gone on with; null forgets it. */
  readonly resume: { get(key: string): string | null; set(key: string, token: string | null): void }
  /** Known before: what is sent must have it. */
  readonly recorded?: Digests
}

export interface Uploaded {
  readonly object: StoredObject
  readonly digests: Digests
  readonly size: number
}

export async function upload(room: UploadRoom, path: string, url: string): Promise<Uploaded> {
  const file = await openFile(path)
  try {
    const before = await file.stat({ bigint: true })
    if (!before.isFile()) throw unreadable(path, 'it is no regular file')
    const size = Number(before.size)
    const counted = transferDigests(room.algorithms, size)
    let digests: Digests | null = null
    // The last piece is not given out before the file is known to be what it was: nothing that changed meanwhile becomes an object.
    const checked = async (): Promise<void> => {
      const after = await file.stat({ bigint: true })
      if (after.mtimeNs !== before.mtimeNs || after.size !== before.size || after.ctimeNs !== before.ctimeNs)
        throw changedFile(path)
      digests = counted.digests()
      const fault = mismatch(digests, room.recorded ?? {}, null)
      if (fault) throw changedFile(path)
    }
    const key = [url, size, before.ino, before.mtimeNs].join(' ')
    const object = await put(room, url, key, {
      size,
      pieces: (bytes) => pieces(file, size, bytes, counted.update, checked),
    })
    if (digests === null) throw changedFile(path)
    const fault = object.size === size ? mismatch(digests, object.digests, null) : sizeFault(size, object)
    if (fault) throw falsified(url, fault)
    return { object, digests, size }
  } finally {
    await file.close()
  }
}

async function put(room: UploadRoom, url: string, key: string, source: UploadSource): Promise<StoredObject> {
  const { storage, replace, signal, onProgress, resume } = room
  if (!storage.put) throw readOnly(url)
  const object = await storage.put(url, source, {
    replace,
    signal,
    onProgress,
    resume: resume.get(key),
    onResumable: (token) => resume.set(key, token),
  })
  resume.set(key, null)
  return object
}

async function* pieces(
  file: FileHandle,
  size: number,
  bytes: number,
  update: (chunk: Uint8Array) => Promise<void>,
  beforeLast: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  if (size === 0) await beforeLast()
  for (let at = 0; at < size; ) {
    const piece = Buffer.allocUnsafe(Math.min(bytes, size - at))
    for (let filled = 0; filled < piece.length; ) {
      const { bytesRead } = await file.read(piece, filled, piece.length - filled, at + filled)
      if (bytesRead === 0) throw changedFile('the file')
      filled += bytesRead
    }
    await update(piece)
    at += piece.length
    if (at === size) await beforeLast()
    yield piece
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await promises.open(path, 'r')
  } catch (error) {
    throw unreadable(path, (error as NodeJS.ErrnoException).code ?? 'unknown')
  }
}

const sizeFault = (size: number, object: StoredObject) => ({
  what: 'the number of bytes that the store has',
  wanted: String(object.size),
  found: String(size),
})

/** Nothing was recorded; the object can be told from a right one only by whoever reads this. */
const falsified = (url: string, fault: NonNullable<ReturnType<typeof mismatch>>): RoarError =>
  new RoarError('ROAR_TRANSFER_MISMATCH', `What lies at ${withoutSecrets(url)} now is not what was sent.`, {
    cause: `It does not have ${fault.what}: ${fault.wanted}, but ${fault.found}.`,
    remedy: ['roar put --force … sends it again, in its place', 'Or delete the object: it was changed on its way.'],
    data: fault,
  })

const unreadable = (path: string, why: string): RoarError =>
  new RoarError('ROAR_TRANSFER_READ', `'${path}' cannot be read: ${why}.`)

const changedFile = (path: string): RoarError =>
  new RoarError('ROAR_TRANSFER_CHANGED', `'${path}' is not what it was.`, {
    cause: 'It changed while it was sent, or since it was recorded.',
    remedy: ['Wait until nobody writes to it.', 'roar status says which outputs have changed'],
  })

const readOnly = (url: string): RoarError =>
  new RoarError('ROAR_STORAGE_READONLY', `Nothing can be put to ${url}.`, {
    cause: 'URLs of this kind are only read.',
    remedy: ['roar put FILE s3://bucket/key'],
    exitCode: 2,
  })
