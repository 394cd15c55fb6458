// BLAKE3 by three implementations: the addon, WebAssembly, and @noble/hashes as the oracle.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blake3 } from '@noble/hashes/blake3.js'
import { hashSuite, patterned } from '@roar/conformance'
import { type BytePath, type FileHasher, fromString, type HashAlgorithm } from '@roar/core'
import { afterAll, describe, expect, it } from 'vitest'
import { createHash, createWasmHash } from './index.ts'

const { files } = createHash()
if (!files) console.log('skipped: the addon was not built (cargo is missing); WebAssembly is tested alone')

await hashSuite(createWasmHash, { oracle: blake3 })
if (files) await hashSuite(createHash, { oracle: blake3 })

const directory = mkdtempSync(join(tmpdir(), 'roar-blake3-'))
afterAll(() => rmSync(directory, { recursive: true }))
const hex = (bytes: Uint8Array | null | undefined): string | null => (bytes ? Buffer.from(bytes).toString('hex') : null)
const write = (name: string, bytes: Uint8Array): BytePath => {
  writeFileSync(join(directory, name), bytes)
  return fromString(join(directory, name))
}

/** https://github.com/BLAKE3-team/BLAKE3/blob/master/test_vectors/test_vectors.json, the first 32 bytes of `hash`. */
const official: Readonly<Record<number, string>> = {
  0: 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262',
  1: '2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213',
  1024: '42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7',
  102400: 'bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085',
}

it.each(Object.entries(official))(
  'the official vector of %s bytes comes out of every implementation',
  (length, digest) => {
    const bytes = patterned(Number(length))
    const by = ({ create }: HashAlgorithm): string | null => {
      const hasher = create()
      hasher.update(bytes)
      return hex(hasher.digest())
    }
    expect([by(createWasmHash()), by(createHash()), hex(blake3(bytes))]).toEqual([digest, digest, digest])
  },
)

it('importing the package loads neither the addon nor the WebAssembly', () => {
  const probe = `import('@roar/hash-blake3').then(() => {
    const cached = Object.keys(require('module')._cache)
    console.log(cached.filter((one) => one.endsWith('.node') || one.includes('node_modules')).length)
  })`
  const root = new URL('../../..', import.meta.url).pathname
  const built = readableDist()
  if (!built) return console.log('skipped: the package was not built')
  expect(execFileSync(process.execPath, ['-e', probe], { cwd: root, encoding: 'utf8' }).trim()).toBe('0')
})

const readableDist = (): boolean => {
  try {
    return readFileSync(new URL('../dist/index.js', import.meta.url)).length > 0
  } catch {
    return false
  }
}

describe.skipIf(!files)(`the addon${files ? '' : ' (skipped: it is not built; cargo builds it)'}`, () => {
  const native = files as FileHasher

  it('agrees with the oracle around the sizes where a file is cut into subtrees', async () => {
    const mib = 1 << 20
    const sizes = [8 * mib - 1, 8 * mib, 8 * mib + 1, 12 * mib, 16 * mib + 1024, 20 * mib + 77]
    const results = await native.hashFiles(sizes.map((size) => write(`cut-${size}`, patterned(size))))
    expect(results.map((one) => hex(one.digest))).toEqual(sizes.map((size) => hex(blake3(patterned(size)))))
  })

  it('knows the holes of a large file from its data', async () => {
    const path = write('holes', patterned(100))
    truncateSync(join(directory, 'holes'), 40 << 20)
    const fd = openSync(join(directory, 'holes'), 'r+')
    for (const at of [5 << 20, (9 << 20) + 4095, (40 << 20) - 1]) writeSync(fd, Buffer.from('data'), 0, 1, at)
    const bytes = readFileSync(join(directory, 'holes'))
    expect(hex((await native.hashFiles([path]))[0]?.digest)).toBe(hex(blake3(bytes)))
  })

  it('hashes a sparse file of 5 GiB without reading its zeros', async () => {
    const path = write('vast', patterned(0))
    truncateSync(join(directory, 'vast'), 5 * 2 ** 30)
    const [result] = await native.hashFiles([path])
    // As b3sum 1.2.0 has it.
    expect(hex(result?.digest)).toBe('bcf27a182cee2a75728e2617d0ac5d90f902207f5332cf7190b345d96e9fd221')
  })

  it('survives a file that is cut while it is read, and says so', async () => {
    const path = write('shrinking', patterned(64 << 20))
    const name = join(directory, 'shrinking')
    const script = 'while :; do truncate -s 1M "$0"; truncate -s 64M "$0"; done'
    const restless = spawn('sh', ['-c', script, name], { stdio: 'ignore' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const results: Awaited<ReturnType<typeof native.hashFiles>>[number][] = []
    let changed: typeof results = []
    // Cutting may wait for the file system's journal for seconds, while others write much.
    for (let round = 0; round < 8 && changed.length === 0; round++) {
      results.push(...(await native.hashFiles(Array.from({ length: 40 }, () => path))))
      changed = results.filter(({ error, before, after }) => error === 'UNSTABLE' || before?.ctimeNs !== after?.ctimeNs)
    }
    restless.kill('SIGKILL')
    expect(changed.length).toBeGreaterThan(0)
    expect(results.map(({ error }) => error).filter((error) => error !== null && error !== 'UNSTABLE')).toEqual([])
  })

  it('leaves large files to the caller who wants to look them up first', async () => {
    const paths = [write('below', patterned(999)), write('at', patterned(1000))]
    const [small, large] = await native.hashFiles(paths, { below: 1000 })
    expect([small?.error, large?.error, large?.digest, large?.before?.size]).toEqual([null, 'LARGE', null, 1000n])
  })

  it('needs no more descriptors than threads, however many large files there are', () => {
    const path = write('many', patterned(0))
    truncateSync(join(directory, 'many'), 8 << 20)
    const addon = new URL(`../native/build/${process.platform}-${process.arch}/roar-blake3.node`, import.meta.url)
      .pathname
    const script = `
      const { HashJob } = require(${JSON.stringify(addon)})
      const paths = Buffer.from((${JSON.stringify(path)} + '\\0').repeat(200))
      const job = new HashJob(paths, 'blake3', 2, Infinity, false)
      job.run().then((records) => {
        let failed = 0
        for (let at = 0; at < records.length; at += job.recordSize) failed += records.readInt32LE(at) !== 0
        console.log(failed)
      })`
    const output = execFileSync('sh', ['-c', 'ulimit -n 60; exec "$0" -e "$1"', process.execPath, script])
    expect(output.toString().trim()).toBe('0')
  })
})
