/** A probe over files that are really on disk, under a scratch directory that stands for the root: `/home/u/.ssh/id_rsa` can be made. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BytePath, fromString, type Probe, toBuffer } from '@roar/core'

/** Contents by absolute path; a path that ends in `/` is an empty directory. */
export type Tree = Readonly<Record<string, string | Uint8Array>>

export interface Places {
  /** Default `/home/u/project`; null: outside any workspace. */
  readonly workspace?: string | null
  /** Default `/home/u`. */
  readonly home?: string
  readonly platform?: NodeJS.Platform
}

export class ScratchProbe implements Probe {
  readonly workspace: BytePath | null
  readonly home: BytePath
  readonly temporary = ['/tmp', '/var/tmp', '/dev/shm'].map(fromString)
  readonly platform: NodeJS.Platform
  /** What was asked, in order: `head /data/a.parquet`. */
  readonly asked: string[] = []
  readonly #root = mkdtempSync(join(tmpdir(), 'roar-detector-'))

  constructor(tree: Tree = {}, { workspace = '/home/u/project', home = '/home/u', platform = 'linux' }: Places = {}) {
    this.workspace = workspace === null ? null : fromString(workspace)
    this.home = fromString(home)
    this.platform = platform
    for (const [path, content] of Object.entries(tree)) this.#write(path, content)
  }

  exists(path: BytePath): boolean {
    return this.#ask('exists', path, (at) => existsSync(at), false)
  }

  list(directory: BytePath): readonly BytePath[] {
    return this.#ask('list', directory, (at) => readdirSync(at, { encoding: 'latin1' }).sort() as BytePath[], [])
  }

  head(path: BytePath, length: number): Uint8Array | null {
    return this.#ask('head', path, (at) => readStart(at, Math.min(length, 64 * 1024)), null)
  }

  text(path: BytePath, limit = 1024 * 1024): string | null {
    const bytes = this.#ask('text', path, (at) => readStart(at, limit + 1), null)
    return bytes === null || bytes.length > limit ? null : Buffer.from(bytes).toString('utf8')
  }

  part(path: BytePath, offset: number, length: number): Uint8Array | null {
    return this.#ask('part', path, (at) => readFileSync(at).subarray(offset).subarray(0, length), null)
  }

  /** Nothing is kept between runs here. */
  derived(_name: string, _source: BytePath | readonly BytePath[], make: () => Uint8Array): Uint8Array {
    return make()
  }

  bytes(path: BytePath, most: number): Uint8Array | null {
    const bytes = this.#ask('bytes', path, (at) => readStart(at, most + 1), null)
    return bytes === null || bytes.length > most ? null : bytes
  }

  close(): void {
    rmSync(this.#root, { recursive: true, force: true })
  }

  #ask<T>(question: string, path: BytePath, answer: (at: Buffer) => T, otherwise: T): T {
    this.asked.push(`${question} ${path}`)
    try {
      return answer(Buffer.concat([Buffer.from(this.#root), toBuffer(path)]))
    } catch {
      return otherwise
    }
  }

  #write(path: string, content: string | Uint8Array): void {
    const at = join(this.#root, path)
    mkdirSync(path.endsWith('/') ? at : join(at, '..'), { recursive: true })
    if (!path.endsWith('/')) writeFileSync(at, content)
  }
}

function readStart(path: Buffer, length: number): Uint8Array | null {
  if (!statSync(path).isFile()) return null
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(file, bytes, 0, length, 0))
  } finally {
    closeSync(file)
  }
}
