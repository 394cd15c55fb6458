// BLAKE3 by three implementations: the addon, WebAssembly, and @noble/hashes as the oracle.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blake3 } from '@noble/hashes/blake3.js'
import { type BytePath, fromString, toBuffer } from '@roar/core'
import { afterAll, describe, expect, it } from 'vitest'
import { createHash, createWasmHash } from './index.ts'

const directory = mkdtempSync(join(tmpdir(), 'roar-blake3-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** The input of the official test vectors: 0, 1, …, 250, 0, 1, … */
const input = (length: number): Buffer => Buffer.from(Uint8Array.from({ length }, (_, i) => i % 251))
const oracle = (bytes: Uint8Array): string => Buffer.from(blake3(bytes)).toString('hex')
const hex = (bytes: Uint8Array | null | undefined): string | null => (bytes ? Buffer.from(bytes).toString('hex') : null)

/** The lengths of the official vectors. */
const lengths = [
  0, 1, 2, 3, 63, 64, 65, 127, 128, 129, 1023, 1024, 1025, 2048, 2049, 3072, 4096, 5121, 8192, 16384, 31744, 102400,
]

describe('WebAssembly', () => {
  it('agrees with the oracle on the lengths of the official vectors', () => {
    for (const length of lengths) {
      const hasher = createWasmHash().create()
      hasher.update(input(length))
      expect(hex(hasher.digest()), `${length} bytes`).toBe(oracle(input(length)))
    }
  })
  it('does not depend on how the bytes are cut', () => {
    const bytes = input(70_000)
    const hasher = createWasmHash().create()
    for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 7 + 3) % 5000)
      hasher.update(bytes.subarray(at, at + step))
    expect(hex(hasher.digest())).toBe(oracle(bytes))
  })
})

const { files } = createHash()
const reason = files ? '' : ' (the addon was not built: cargo is missing)'

describe.skipIf(!files)(`the addon${reason}`, () => {
  const hashFiles = (paths: readonly BytePath[]) => (files as NonNullable<typeof files>).hashFiles(paths)
  const write = (name: string, bytes: Uint8Array): BytePath => {
    const path = fromString(join(directory, name))
    writeFileSync(toBuffer(path), bytes)
    return path
  }

  it('agrees with the oracle on the lengths of the official vectors', async () => {
    const results = await hashFiles(lengths.map((length) => write(`v${length}`, input(length))))
    expect(results.map((one) => hex(one.digest))).toEqual(lengths.map((length) => oracle(input(length))))
  })

  it('agrees with the oracle around the sizes where a file is cut into subtrees', async () => {
    const sizes = [8 << 20, (8 << 20) + 1, (12 << 20) - 1, (12 << 20) + 1024, (20 << 20) + 77]
    const results = await hashFiles(sizes.map((size) => write(`l${size}`, input(size))))
    expect(results.map((one) => hex(one.digest))).toEqual(sizes.map((size) => oracle(input(size))))
  })

  it('names what it cannot hash, and goes on', async () => {
    const good = write('good', input(5))
    const link = join(directory, 'link')
    symlinkSync('good', link)
    const fifo = join(directory, 'fifo')
    execFileSync('mkfifo', [fifo])
    mkdirSync(join(directory, 'dir'))
    const paths = ['missing', 'link', 'fifo', 'dir'].map((name) => fromString(join(directory, name)))
    const results = await hashFiles([...paths, good])
    expect(results.map((one) => one.error)).toEqual(['ENOENT', 'ELOOP', 'NOT_REGULAR', 'EISDIR', null])
    expect(results.at(-1)?.after?.size).toBe(5n)
  })

  it('hashes a name that is not UTF-8', async () => {
    const path = `${join(directory, 'n')}\xff\n` as BytePath
    writeFileSync(toBuffer(path), 'x')
    const [result] = await hashFiles([path])
    expect(hex(result?.digest)).toBe(oracle(Buffer.from('x')))
  })

  it('hashes a sparse file as the zeros it reads', async () => {
    const path = write('sparse', new Uint8Array())
    truncateSync(toBuffer(path), 40 << 20)
    const [result] = await hashFiles([path])
    expect(hex(result?.digest)).toBe(oracle(new Uint8Array(40 << 20)))
  })

  it('can be cancelled, and says so for each file that is left', async () => {
    const abort = new AbortController()
    abort.abort()
    const [result] = await (files as NonNullable<typeof files>).hashFiles([write('c', input(9))], {
      signal: abort.signal,
    })
    expect(result?.error).toBe('ABORTED')
  })

  it('tells its progress in bytes', async () => {
    let bytes = 0
    const path = write('p', input(1 << 20))
    await (files as NonNullable<typeof files>).hashFiles([path], { onProgress: (more) => (bytes += more) })
    expect(bytes).toBe(1 << 20)
  })
})
