// Several algorithms from one read by the addon: the same digests as each alone, whatever the size, and no crash from a file that is cut.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash as nodeHash } from 'node:crypto'
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { patterned } from '@roar/conformance'
import { type BytePath, fromString, type HashesTogether } from '@roar/core'
import { afterAll, describe, expect, it } from 'vitest'
import { createHash } from './index.ts'

const names = ['blake3', 'sha256', 'sha512', 'sha1', 'md5', 'git-blob-sha1', 'git-blob-sha256', 's3-etag-1m']
const lengths = [32, 32, 64, 20, 16, 20, 32, 16]
const together = createHash().together?.(names) ?? null
if (!together) console.log('skipped: the addon was not built (cargo is missing)')

const directory = mkdtempSync(join(tmpdir(), 'roar-together-'))
afterAll(() => rmSync(directory, { recursive: true }))
const write = (name: string, bytes: Uint8Array): BytePath => {
  writeFileSync(join(directory, name), bytes)
  return fromString(join(directory, name))
}

const by = (name: string, ...parts: (Uint8Array | string)[]): string =>
  parts.reduce<ReturnType<typeof nodeHash>>((hash, part) => hash.update(part), nodeHash(name)).digest('hex')

function etag(bytes: Uint8Array, part: number): string {
  if (bytes.length < part) return by('md5', bytes)
  const parts = Array.from({ length: Math.ceil(bytes.length / part) }, (_, i) =>
    bytes.subarray(i * part, (i + 1) * part),
  )
  return by('md5', ...parts.map((one) => nodeHash('md5').update(one).digest()))
}

function expected(bytes: Uint8Array): readonly string[] {
  const header = `blob ${bytes.length}\0`
  const blake3 = createHash().create()
  blake3.update(bytes)
  return [
    Buffer.from(blake3.digest()).toString('hex'),
    ...['sha256', 'sha512', 'sha1', 'md5'].map((name) => by(name, bytes)),
    by('sha1', header, bytes),
    by('sha256', header, bytes),
    etag(bytes, 1 << 20),
  ]
}

function cachedBytes(path: string): number | null {
  const asked = spawnSync('fincore', ['--bytes', '--noheadings', '--output', 'RES', path], { encoding: 'utf8' })
  return asked.status === 0 ? Number(asked.stdout) : null
}

function split(digest: Uint8Array | null | undefined): readonly string[] {
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, one) => sum + one))
  return ends.map((end, i) => Buffer.from(digest?.subarray(end - (lengths[i] as number), end) ?? []).toString('hex'))
}

describe.skipIf(!together)(`the addon, for ${names.length} algorithms at once`, () => {
  const native = together as HashesTogether
  const quick = createHash().together?.(['blake3', 'crc32c']) as HashesTogether

  it.each([0, 1, 1 << 20, (8 << 20) - 1, 8 << 20, (9 << 20) + 77])(
    'gives of %i bytes what each gives alone, with any number of threads',
    async (size) => {
      const bytes = patterned(size)
      const path = write('sized', bytes)
      for (const threads of [1, 7]) {
        const [result] = await native.hashFiles([path], { threads })
        expect(split(result?.digest)).toEqual(expected(bytes))
      }
    },
  )

  it('hashes several large files at a time where there are more threads than algorithms', async () => {
    const files = Array.from({ length: 3 }, (_, i) => patterned((8 << 20) + i))
    const paths = files.map((bytes, i) => write(`several-${i}`, bytes))
    const results = await native.hashFiles(paths, { threads: 32 })
    expect(results.map((one) => split(one.digest))).toEqual(files.map(expected))
  })

  it('reads the holes of a sparse file as zeros', async () => {
    const path = write('sparse', patterned(100))
    truncateSync(join(directory, 'sparse'), 20 << 20)
    const fd = openSync(join(directory, 'sparse'), 'r+')
    writeSync(fd, Buffer.from('data'), 0, 4, 17 << 20)
    closeSync(fd)
    const [result] = await native.hashFiles([path])
    expect(split(result?.digest)).toEqual(expected(readFileSync(join(directory, 'sparse'))))
  })

  it('a file that is cut while it is read is an error, and no signal', async () => {
    const path = write('cut', patterned(0))
    const fd = openSync(join(directory, 'cut'), 'r+')
    ftruncateSync(fd, 128 << 20)
    const hashing = quick.hashFiles([path], { threads: 1 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    ftruncateSync(fd, 1000)
    const [result] = await hashing
    closeSync(fd)
    // What was cut off is read as nothing, or taken for a hole: the stamps tell of it then.
    expect(result?.error ?? (result?.before?.size === result?.after?.size ? null : 'UNSTABLE')).toBe('UNSTABLE')
  })

  it('leaves the page cache as it found it: a file that was not there is not there afterwards, one that was stays', async (context) => {
    const resident = cachedBytes(join(directory, 'sparse'))
    if (resident === null) return context.skip('fincore of util-linux is missing')
    const name = join(directory, 'cold')
    const path = write('cold', patterned(0))
    const fd = openSync(name, 'r+')
    // Not sparse: a hole is never read. Of a file system in memory nothing can be dropped.
    for (let at = 0; at < 256 << 20; at += 8 << 20) writeSync(fd, Buffer.alloc(8 << 20, at & 0xff), 0, 8 << 20, at)
    closeSync(fd)
    execFileSync('dd', [`of=${name}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0'], { stdio: 'ignore' })
    if (cachedBytes(name) !== 0) return context.skip('the temporary folder lies in memory')
    await quick.hashFiles([path])
    expect(cachedBytes(name)).toBe(0)
    execFileSync('dd', [`if=${name}`, 'of=/dev/null', 'bs=4M'], { stdio: 'ignore' })
    await quick.hashFiles([path])
    // The kernel takes single pages back when it likes (9 of 65,536 were once gone); a hash that forgets takes 16 MiB at a time.
    expect((256 << 20) - (cachedBytes(name) as number)).toBeLessThan(16 << 20)
  })

  it('takes bytes as they come, on this thread and beside it', async () => {
    const bytes = patterned(3_000_000)
    const hasher = native.create(bytes.length)
    hasher.update(bytes.subarray(0, 1000))
    await hasher.updateBeside?.(bytes.subarray(1000))
    expect(split(hasher.digest())).toEqual(expected(bytes))
  })

  it.each([
    ['md5', 'sha1', 'sha256'],
    ['sha256', 'blake3', 'md5', 'sha1'],
    ['sha1', 'sha256'],
  ])('takes %s, %s, … in the order asked for, of every length around the ends of blocks, in any pieces', (...asked) => {
    const hashes = createHash().together?.(asked) as HashesTogether
    const single = (name: string, bytes: Uint8Array) => (name === 'blake3' ? expected(bytes)[0] : by(name, bytes))
    for (let size = 0; size <= 200; size++) {
      const bytes = patterned(size)
      const cut = (size * 7) % (size + 1)
      const hasher = hashes.create(size)
      for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)]) hasher.update(piece)
      const digests = asked.map((name) => single(name, bytes)).join('')
      expect([size, Buffer.from(hasher.digest()).toString('hex')]).toEqual([size, digests])
    }
  })

  it('leaves it to others when it does not know one of the algorithms', () => {
    expect(createHash().together?.(['blake3', 'of-a-stranger'])).toBe(null)
    expect(createHash().together?.(['s3-etag-0'])).toBe(null)
  })
})
