/** A file in the making, beside the place where it will be: it gets its name only when it is whole, and can be gone on with until then. */
// `promises` is loaded when it is first used: this file is part of what every run loads.
import { promises } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { RoarError, type StoredObject } from '@roar/core'
import { isAlive, ownIdentity, type ProcessIdentity } from '../run/process-identity.ts'
import { withoutSecrets } from './stored-url.ts'

/** Of which version of which object the bytes are. */
type Origin = Pick<StoredObject, 'url' | 'endpoint' | 'versionId' | 'etag' | 'size'>

/** What lies beside them. `process` fetches them, if it lives. */
interface Note extends Origin {
  readonly process: ProcessIdentity
}

/** Of this process: two downloads of one name are not told apart by it. */
const writing = new Set<string>()

export class PartialFile {
  readonly destination: string
  readonly #file: string
  readonly #note: string
  #handle: FileHandle | null = null
  #at = 0
  #isClaimed = false

  constructor(destination: string) {
    this.destination = destination
    const name = join(dirname(destination), `.${basename(destination)}.roar-part`)
    this.#file = name
    this.#note = `${name}.json`
  }

  /** Opens it; the number of bytes that are there already. Without an ETag nobody can say that they are of the same version. */
  async begin(origin: Origin): Promise<number> {
    const note = await this.#readNote()
    this.#claim(note)
    const size = await this.#kept()
    const kept = size !== null && origin.etag !== null && origin.size !== null && isOf(note, origin)
    if (!kept || size > origin.size) return this.beginAnew(origin)
    await this.#writeNote(origin)
    this.#handle = await promises.open(this.#file, 'r+')
    this.#at = size
    return size
  }

  /** What is there counts for nothing. Resolves with 0, the number of bytes that are there. */
  async beginAnew(origin: Origin): Promise<number> {
    await this.discard()
    this.#at = 0
    this.#claim(null)
    this.#handle = await promises.open(this.#file, 'w+', 0o666)
    await this.#writeNote(origin)
    return 0
  }

  /** Its size; null where there is none. One that has its name already, because the process was killed a moment later, is that file. */
  async #kept(): Promise<number | null> {
    const stat = await promises.lstat(this.#file).catch(() => null)
    return stat?.isFile() && stat.nlink === 1 ? stat.size : null
  }

  async read(start: number, end: number): Promise<Buffer> {
    const buffer = Buffer.alloc(end - start)
    const { bytesRead } = await this.#open.read(buffer, 0, buffer.length, start)
    return buffer.subarray(0, bytesRead)
  }

  /** What is there already, from the beginning. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    const buffer = Buffer.allocUnsafe(1 << 20)
    for (let at = 0; at < this.#at; ) {
      const { bytesRead } = await this.#open.read(buffer, 0, Math.min(buffer.length, this.#at - at), at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#open.write(bytes, done, bytes.length - done, this.#at)
      done += bytesWritten
      this.#at += bytesWritten
    }
  }

  get length(): number {
    return this.#at
  }

  get path(): string {
    return this.#file
  }

  /** On the disk before it has its name. */
  async finish(replace: boolean): Promise<void> {
    await this.#open.sync()
    await this.#mustBeOurs()
    await this.close()
    if (replace) await promises.rename(this.#file, this.destination)
    else await this.#linkNew()
    await promises.rm(this.#note, { force: true })
    await syncDirectory(dirname(this.destination))
  }

  /** Another command may have begun the same anew, or have ended it: what has the name now is not what was written here. */
  async #mustBeOurs(): Promise<void> {
    const [own, there] = await Promise.all([this.#open.stat(), promises.lstat(this.#file).catch(() => null)])
    if (there !== null && there.ino === own.ino && there.dev === own.dev) return
    const isDone = await promises.lstat(this.destination).then(
      () => true,
      () => false,
    )
    if (isDone) throw fileExists(this.destination)
    throw inUse(this.destination, null)
  }

  async close(): Promise<void> {
    if (this.#isClaimed) writing.delete(this.#file)
    this.#isClaimed = false
    await this.#handle?.close()
    this.#handle = null
  }

  /** Two that write to one file would each give the name to what the other one has not ended. */
  #claim(note: Note | null): void {
    const { process: other } = note ?? {}
    const isOther = other !== undefined && other.pid !== process.pid && isAlive(other)
    if (isOther || (!this.#isClaimed && writing.has(this.#file)))
      throw inUse(this.destination, other?.pid ?? process.pid)
    writing.add(this.#file)
    this.#isClaimed = true
  }

  /** Closes it. What has arrived stays, to be gone on with; where nothing has, nothing is left. */
  async leave(): Promise<void> {
    if (this.#handle !== null && this.#at === 0) await this.discard()
    await this.close()
  }

  async discard(): Promise<void> {
    await this.close()
    await Promise.all([promises.rm(this.#file, { force: true }), promises.rm(this.#note, { force: true })])
  }

  /** Never over a file that came meanwhile: link(2) fails then, rename(2) would not. */
  async #linkNew(): Promise<void> {
    try {
      await promises.link(this.#file, this.destination)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') throw fileExists(this.destination)
      // File systems without hard links: FAT, some network mounts.
      if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error
      return promises.rename(this.#file, this.destination)
    }
    await promises.rm(this.#file, { force: true })
  }

  async #readNote(): Promise<Note | null> {
    try {
      return JSON.parse(await promises.readFile(this.#note, 'utf8')) as Note
    } catch {
      return null
    }
  }

  async #writeNote(origin: Origin): Promise<void> {
    const note: Note = { ...originOf(origin), process: ownIdentity() }
    await promises.writeFile(this.#note, JSON.stringify(note))
  }

  get #open(): FileHandle {
    if (this.#handle === null) throw new Error('the partial file is not open')
    return this.#handle
  }
}

const isOf = (note: Note | null, origin: Origin): boolean =>
  note !== null && JSON.stringify(originOf(note)) === JSON.stringify(originOf(origin))

/** The note lies on the disk: what signs a URL has no place there. */
const originOf = ({ url, ...version }: Origin): Origin => {
  const { endpoint, versionId, etag, size } = version
  return { url: withoutSecrets(url), endpoint, versionId, etag, size }
}

const inUse = (path: string, pid: number | null): RoarError =>
  new RoarError('ROAR_TRANSFER_EXISTS', `'${path}' is being fetched by another command.`, {
    cause: pid === null ? 'It has begun anew what this one was fetching.' : `It is the process ${pid}.`,
    remedy: ['Wait for it.', 'Name another place.'],
  })

export const fileExists = (path: string): RoarError =>
  new RoarError('ROAR_TRANSFER_EXISTS', `'${path}' is there already.`, {
    cause: 'Nothing is overwritten unasked.',
    remedy: ['--force replaces it', 'Name another place.'],
  })

async function syncDirectory(path: string): Promise<void> {
  const handle = await promises.open(path, 'r')
  // Some file systems cannot; the file itself is safe.
  await handle.sync().catch(() => undefined)
  await handle.close()
}
