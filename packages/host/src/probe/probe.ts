/** What detectors may ask of the disk, answered once: a run that touches 100,000 files of one package reads its metadata once. */
import { closeSync, constants, existsSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BytePath, fromBuffer, fromString, type Probe, toFsPath } from '@roar/core'
import { homeOf, userPlaces } from '../workspace/user-places.ts'
import { derivedFrom } from './derived.ts'
import { KeptTexts } from './kept-texts.ts'
import { Looks } from './looks.ts'

export interface ProbePlaces {
  readonly workspace: { readonly rootPath: BytePath } | null
  readonly env?: Readonly<Record<string, string | undefined>>
}

export const placesOf = (workspace: ProbePlaces['workspace'], env: NonNullable<ProbePlaces['env']>): ProbePlaces => ({
  workspace,
  env,
})

const largestHead = 64 * 1024
const largestText = 1024 * 1024
const largestPart = 16 * 1024 * 1024
/** Not to wait where somebody has put a pipe meanwhile. */
const openFlags = constants.O_RDONLY | constants.O_NONBLOCK
/** Bytes of file contents that are kept; behind it the cache begins anew. */
const cacheBudget = 32 * 1024 * 1024

/** `remembersLists: false` for who looks at each directory once: the names of a hundred thousand files are not kept. */
export function createProbe(
  { workspace, env = process.env }: ProbePlaces,
  { remembersLists = true }: { readonly remembersLists?: boolean } = {},
): Probe {
  const contents = new ContentCache()
  const looks = new Looks()
  const folder = join(userPlaces(env).cache, 'derived')
  const texts = new KeptTexts(folder)
  return {
    workspace: workspace?.rootPath ?? null,
    home: canonical(homeOf(env)),
    temporary: [...new Set([env.TMPDIR || tmpdir(), '/tmp', '/var/tmp', '/dev/shm'].filter(existsSync).map(canonical))],
    caches: cachesOf(env),
    platform: process.platform,
    exists: remembered((path) => looks.found(path, existsSync(toFsPath(path)))),
    list: looks.noting(remembersLists ? remembered(list) : list),
    head: looks.noting((path, length: number) => contents.head(path, Math.min(length, largestHead))),
    text: looks.noting(textReader()),
    part: looks.noting(readPart),
    bytes: looks.noting(whole),
    derived: (name, source, make) => {
      const sources = typeof source === 'string' ? [source] : source
      looks.noteAll(sources)
      return derivedFrom(folder, name, sources, make)
    },
    derivedText: (name, sources, make) => {
      looks.noteAll(sources)
      return texts.text(name, sources, make)
    },
    keep: () => texts.keep(),
    looks: () => looks.all(),
  }
}

const cachesOf = (env: NonNullable<ProbePlaces['env']>): ReadonlyMap<string, BytePath> =>
  new Map(
    Object.entries(env).flatMap(([name, value]) =>
      value?.startsWith('/') && /cache/i.test(name) && existsSync(value) ? [[name, canonical(value)] as const] : [],
    ),
  )

function textReader(): Probe['text'] {
  const small = remembered((path) => wholeText(path, largestText))
  // Long ones are read by whoever makes a table of them: they are not kept.
  return (path, limit = largestText) => small(path) ?? (limit > largestText ? wholeText(path, limit) : null)
}

function wholeText(path: BytePath, limit: number): string | null {
  const bytes = readStart(path, limit + 1)
  return bytes === null || bytes.length > limit ? null : bytes.toString('utf8')
}

function readPart(path: BytePath, offset: number, length: number): Uint8Array | null {
  const name = toFsPath(path)
  try {
    const { size } = statSync(name)
    const from = offset < 0 ? Math.max(0, size + offset) : offset
    const wanted = Math.min(length, largestPart, size - from)
    return wanted <= 0 ? Buffer.alloc(0) : readBytes(openSync(name, openFlags), wanted, from)
  } catch {
    return null
  }
}

/** Of a regular file. */
function whole(path: BytePath, most: number): Buffer | null {
  const bytes = readStart(path, most + 1)
  return bytes === null || bytes.length > most ? null : bytes
}

function canonical(path: string): BytePath {
  try {
    return fromBuffer(realpathSync.native(path, 'buffer') as Buffer)
  } catch {
    return fromString(path)
  }
}

function remembered<T>(look: (path: BytePath) => T): (path: BytePath) => T {
  const known = new Map<BytePath, T>()
  return (path) => {
    const old = known.get(path)
    if (old !== undefined) return old
    const answer = look(path)
    known.set(path, answer)
    return answer
  }
}

/** Names as latin1 are bytes, and JavaScript's order of such strings is that of the bytes. */
function list(directory: BytePath): readonly BytePath[] {
  try {
    return readdirSync(toFsPath(directory), { encoding: 'latin1' }).sort() as BytePath[]
  } catch {
    return []
  }
}

class ContentCache {
  readonly #heads = new Map<BytePath, { readonly asked: number; readonly bytes: Buffer | null }>()
  #size = 0

  head(path: BytePath, length: number): Uint8Array | null {
    let known = this.#heads.get(path)
    if (known === undefined || known.asked < length) {
      known = { asked: length, bytes: readStart(path, length) }
      this.#keep(path, known)
    }
    return known.bytes?.subarray(0, length) ?? null
  }

  #keep(path: BytePath, head: { readonly asked: number; readonly bytes: Buffer | null }): void {
    this.#size += head.bytes?.length ?? 0
    if (this.#size > cacheBudget) {
      this.#heads.clear()
      this.#size = head.bytes?.length ?? 0
    }
    this.#heads.set(path, head)
  }
}

/** Regular files only: opening a device can do things, and opening a pipe waits for its other end. */
function readStart(path: BytePath, length: number): Buffer | null {
  const name = toFsPath(path)
  try {
    const found = statSync(name, { throwIfNoEntry: false })
    if (!found?.isFile()) return null
    // Files of /proc say that they are empty.
    const size = found.size === 0 ? length : Math.min(length, found.size)
    return readBytes(openSync(name, openFlags), size)
  } catch {
    return null
  }
}

function readBytes(file: number, length: number, from = 0): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length)
  let filled = 0
  try {
    for (let got = 1; got > 0 && filled < length; filled += got)
      got = readSync(file, bytes, filled, length - filled, from + filled)
  } finally {
    closeSync(file)
  }
  return filled === length ? bytes : bytes.subarray(0, filled)
}
