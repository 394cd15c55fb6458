/** The suite that every hash must pass; call it in a test file of your own. */
import { deepStrictEqual, notStrictEqual, ok, strictEqual } from 'node:assert'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BytePath, type FileHasher, fromString, type HashAlgorithm, type HashFactory, toBuffer } from '@roar/core'
import type { TestRunner } from './tracer/suite.ts'

export interface HashSuiteOptions {
  /** An independent implementation: the digest of some bytes. */
  readonly oracle: (bytes: Uint8Array) => Uint8Array
  /** Default: vitest, imported when the suite is set up. */
  readonly runner?: TestRunner
}

/** Around the sizes at which hashes change their way: blocks of 64 and 128, chunks of 1024, pieces, BLAKE3's official vectors. */
const lengths = [
  0, 1, 2, 3, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1023, 1024, 1025, 2048, 2049, 3072, 3073, 4096, 4097, 5120,
  5121, 6144, 7168, 8192, 8193, 16384, 31744, 65535, 65536, 65537, 102400, 262144, 262145,
]

/** The input of BLAKE3's test vectors: 0, 1, …, 250, 0, 1, … */
export const patterned = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i % 251)

/**
 * Registers the tests.
 *
 *     await hashSuite(createHash, { oracle: (bytes) => crc32(bytes) })
 */
export async function hashSuite(createHash: HashFactory, { oracle, runner }: HashSuiteOptions): Promise<void> {
  const { describe, it, afterAll } = runner ?? (await import('vitest'))
  const algorithm = await createHash('')
  describe(`${algorithm.name} is a hash`, () => {
    it('has a name for records: lower case, digits, hyphens', async () => {
      ok(/^[a-z0-9][a-z0-9-]*$/.test(algorithm.name), algorithm.name)
    })
    it('agrees with the oracle at every length where the way changes', async () => {
      for (const length of lengths)
        strictEqual(hex(digestOf(algorithm, [patterned(length)])), hex(oracle(patterned(length))), `${length} bytes`)
    })
    it('gives as many bytes as it declares', async () => {
      strictEqual(algorithm.create().digest().length, algorithm.digestLength)
    })
    it('does not depend on how the bytes are cut', async () => {
      const bytes = patterned(70_000)
      for (const seed of [1, 2, 3]) strictEqual(hex(digestOf(algorithm, cut(bytes, seed))), hex(oracle(bytes)))
    })
    it('reads the bytes at once: the caller may use the buffer again', async () => {
      const hasher = algorithm.create()
      const buffer = Uint8Array.from(patterned(100))
      hasher.update(buffer)
      buffer.fill(0)
      strictEqual(hex(hasher.digest()), hex(oracle(patterned(100))))
    })
    it('keeps hashers apart that are used in turns, and digests from what comes after', async () => {
      interleave(algorithm, oracle)
    })
  })
  const { files } = algorithm
  if (files) fileSuite({ describe, it, afterAll }, algorithm.name, files, oracle)
}

function interleave(algorithm: HashAlgorithm, oracle: HashSuiteOptions['oracle']): void {
  const [a, b] = [algorithm.create(), algorithm.create()]
  for (const byte of patterned(200)) {
    a.update(Uint8Array.of(byte))
    b.update(Uint8Array.of(byte ^ 0xff))
  }
  const first = a.digest()
  const kept = hex(first)
  const second = b.digest()
  const third = algorithm.create().digest()
  deepStrictEqual(
    [hex(first), kept, hex(second), hex(third)],
    [
      hex(oracle(patterned(200))),
      kept,
      hex(oracle(patterned(200).map((byte) => byte ^ 0xff))),
      hex(oracle(new Uint8Array())),
    ],
  )
}

/** For an algorithm that reads whole files by itself. */
function fileSuite(
  { describe, it, afterAll }: TestRunner,
  name: string,
  files: FileHasher,
  oracle: HashSuiteOptions['oracle'],
) {
  const directory = mkdtempSync(join(tmpdir(), 'roar-hash-suite-'))
  const place = (file: string): BytePath => fromString(join(directory, file))
  const write = (file: string, bytes: Uint8Array): BytePath => {
    writeFileSync(toBuffer(place(file)), bytes)
    return place(file)
  }
  describe(`${name} reads files`, () => {
    afterAll(() => rmSync(directory, { recursive: true }))

    it('agrees with the oracle, in the order of the request', async () => {
      const results = await files.hashFiles(lengths.map((length) => write(`of-${length}`, patterned(length))))
      deepStrictEqual(
        results.map(({ digest }) => hex(digest)),
        lengths.map((length) => hex(oracle(patterned(length)))),
      )
    })

    it('gives the state of the file before and after reading', async () => {
      const [result] = await files.hashFiles([write('state', patterned(300))])
      strictEqual(result?.before?.size, 300n)
      deepStrictEqual(result?.after, result?.before)
    })

    it('names what it cannot hash, waits for no pipe, follows no link, and goes on', async () => {
      symlinkSync('good', toBuffer(place('link')))
      execFileSync('mkfifo', [join(directory, 'fifo')])
      mkdirSync(toBuffer(place('directory')))
      const wrong = ['missing', 'link', 'fifo', 'directory', 'state/below-a-file', 'n'.repeat(300)].map(place)
      const results = await files.hashFiles([...wrong, 'with\0nul' as BytePath, write('good', patterned(5))])
      deepStrictEqual(
        results.map(({ error }) => error),
        ['ENOENT', 'ELOOP', 'NOT_REGULAR', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'ENOENT', null],
      )
      strictEqual(hex(results.at(-1)?.digest), hex(oracle(patterned(5))))
    })

    it('says that a file may not be read', async (context) => {
      if (process.getuid?.() === 0) return context.skip('root may read everything')
      const path = write('secret', patterned(1))
      chmodSync(toBuffer(path), 0)
      const [result] = await files.hashFiles([path])
      deepStrictEqual([result?.error, result?.digest], ['EACCES', null])
    })

    it('hashes names of any bytes', async () => {
      const names = ['\xff\xfe', 'line\nbreak', ' ', '\x01\x7f', 'Ã¤'].map((one) => `${place('')}/${one}` as BytePath)
      for (const path of names) writeFileSync(toBuffer(path), path, 'latin1')
      const results = await files.hashFiles(names)
      deepStrictEqual(
        results.map(({ digest }) => hex(digest)),
        names.map((path) => hex(oracle(toBuffer(path)))),
      )
    })

    it('reads the zeros of a sparse file', async () => {
      const path = write('sparse', patterned(10))
      truncateSync(toBuffer(path), 9 << 20)
      const bytes = new Uint8Array(9 << 20)
      bytes.set(patterned(10))
      strictEqual(hex((await files.hashFiles([path]))[0]?.digest), hex(oracle(bytes)))
    })

    it('stops when it is told to, and counts what it read', async () => {
      const path = write('some', patterned(100_000))
      const [stopped] = await files.hashFiles([path], { signal: AbortSignal.abort() })
      deepStrictEqual([stopped?.error, stopped?.digest], ['ABORTED', null])
      let bytes = 0
      await files.hashFiles([path], { onProgress: (more) => (bytes += more) })
      strictEqual(bytes, 100_000)
    })

    it('gives the same with one thread and in the background', async () => {
      const path = write('same', patterned(9 << 20))
      const [usual] = await files.hashFiles([path])
      const [other] = await files.hashFiles([path], { threads: 1, background: true })
      notStrictEqual(usual?.digest, null)
      deepStrictEqual(hex(other?.digest), hex(usual?.digest))
    })
  })
}

const hex = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('hex')

function digestOf(algorithm: HashAlgorithm, chunks: readonly Uint8Array[]): Uint8Array {
  const hasher = algorithm.create(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  for (const chunk of chunks) hasher.update(chunk)
  return hasher.digest()
}

/** Pieces of irregular length, empty ones among them; the same for the same seed. */
function cut(bytes: Uint8Array, seed: number): readonly Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0, random = seed; at < bytes.length; ) {
    random = (random * 1103515245 + 12345) % 2147483648
    const length = random % 7 === 0 ? 0 : random % 3000
    pieces.push(bytes.subarray(at, at + length))
    at += length
  }
  return pieces
}
