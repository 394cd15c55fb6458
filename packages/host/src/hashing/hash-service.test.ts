// Hashing as the recorder does it: several algorithms from one read, on one thread or several, files that change or cannot be read.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type BytePath,
  fromString,
  type HashAlgorithm,
  type HashedFile,
  type HashProgress,
  type HashService,
} from '@roar/core'
import { createHash as createBlake3 } from '@roar/hash-blake3'
import { afterAll, describe, expect, it } from 'vitest'
import { createHashService, type HashServiceOptions } from './hash-service.ts'

const directory = mkdtempSync(join(tmpdir(), 'roar-hashing-'))
afterAll(() => rmSync(directory, { recursive: true }))
const file = (name: string, bytes: string | Buffer): BytePath => {
  writeFileSync(join(directory, name), bytes)
  return fromString(join(directory, name))
}
const by = (name: string, bytes: string | Buffer): string => createHash(name).update(bytes).digest('hex')

const nodeAlgorithm = (name: string): HashAlgorithm => ({
  name,
  digestLength: createHash(name).digest().length,
  create: () => {
    const hash = createHash(name)
    return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() }
  },
})
const algorithm = async (name: string): Promise<HashAlgorithm> =>
  name === 'blake3' ? createBlake3() : nodeAlgorithm(name)
const service = (more: Partial<HashServiceOptions> = {}): HashService =>
  createHashService({ algorithm, cache: null, ...more })

describe('on the calling thread', () => {
  it('one read gives the digests of all algorithms', async () => {
    const [result] = await service().hash([file('a', 'hello')], { algorithms: ['sha256', 'md5', 'sha256'] })
    expect(result?.digests).toEqual({ sha256: by('sha256', 'hello'), md5: by('md5', 'hello') })
    expect(result?.stamp?.size).toBe(5n)
  })

  it('a file of many pieces has the digest of all its bytes', async () => {
    const bytes = Buffer.alloc(3_000_001, 'many pieces ')
    const [result] = await service().hash([file('pieces', bytes)], { algorithms: ['sha256', 'blake3'] })
    expect(result?.digests?.sha256).toBe(by('sha256', bytes))
  })

  it('answers in the order of the request, each path as often as it was asked', async () => {
    const [a, b] = [file('x', '1'), file('y', '2')]
    const results = await service().hash([b, a, b], { algorithms: ['md5'] })
    expect(results.map((one) => one.path)).toEqual([b, a, b])
  })

  it.each(['md5', 'blake3'])(
    'whatever is no readable file has an error of the same name by every way (%s)',
    async (name) => {
      const inside = (one: string): string => join(directory, name + one)
      mkdirSync(inside('-directory'))
      symlinkSync('a', inside('-link'))
      execFileSync('mkfifo', [inside('-fifo')])
      const wrong = ['-missing', '-directory', '-link', '-fifo'].map((one) => fromString(inside(one)))
      const results = await service().hash([...wrong, 'nul\0' as BytePath], { algorithms: [name] })
      expect(results.map((one) => one.error)).toEqual(['ENOENT', 'EISDIR', 'ELOOP', 'NOT_REGULAR', 'ENOENT'])
      expect(results.map((one) => one.digests)).toEqual([null, null, null, null, null])
    },
  )

  it.each(['md5', 'blake3'])('a name that is not UTF-8 is hashed as it is (%s)', async (name) => {
    const path = `${fromString(directory)}/\xff\xc3(${name})\n` as BytePath
    writeFileSync(Buffer.from(path, 'latin1'), 'bytes')
    const [result] = await service().hash([path], { algorithms: [name] })
    expect([result?.error, result?.digests?.[name]?.length]).toEqual([null, name === 'md5' ? 32 : 64])
  })

  it('a file that changes at every attempt is called unstable', async () => {
    const path = file('moving', 'x')
    let attempts = 0
    const restless = (): HashAlgorithm => ({
      ...nodeAlgorithm('md5'),
      create: () => ({
        update: () => appendFileSync(join(directory, 'moving'), 'y'),
        digest: () => new Uint8Array(++attempts && 16),
      }),
    })
    const [result] = await service({ algorithm: async () => restless() }).hash([path], { algorithms: ['md5'] })
    expect([result?.error, result?.digests, attempts]).toEqual(['UNSTABLE', null, 3])
  })

  it('a file that changed once is hashed again, and has the digest of what it became', async () => {
    const path = file('settling', 'before')
    let changed = false
    const once: HashAlgorithm = {
      ...nodeAlgorithm('md5'),
      create: () => {
        if (!changed) appendFileSync(join(directory, 'settling'), ' and after')
        changed = true
        return nodeAlgorithm('md5').create()
      },
    }
    const [result] = await service({ algorithm: async () => once }).hash([path], { algorithms: ['md5'] })
    expect(result?.digests?.md5).toBe(by('md5', 'before and after'))
  })

  it('a fault of an algorithm is nobody else’s: it is thrown', async () => {
    const broken: HashAlgorithm = {
      ...nodeAlgorithm('md5'),
      create: () => ({ update: () => undefined, digest: () => JSON.parse('nonsense') }),
    }
    const wrong = service({ algorithm: async () => broken }).hash([file('fine', 'x')], { algorithms: ['md5'] })
    await expect(wrong).rejects.toThrow(SyntaxError)
  })

  it('timers go on, and an abort is heeded, while a large file is hashed', async () => {
    const path = file('long', '')
    truncateSync(join(directory, 'long'), 3 * 2 ** 30)
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 50)
    const started = performance.now()
    const [result] = await service().hash([path], { algorithms: ['sha256', 'md5'], signal: abort.signal })
    expect([result?.error, performance.now() - started < 1500]).toEqual(['ABORTED', true])
  })
})

const built = [
  '../../dist/hash-worker.js',
  '../../../hash-sha256/dist/index.js',
  '../../../hash-blake3/dist/index.js',
].map((place) => fileURLToPath(new URL(place, import.meta.url)))
const isBuilt = built.every((one) => existsSync(one))

it('the algorithm of identities is asked whether it knows others from one read, though its own digest is not wanted', async () => {
  const asked: (readonly string[])[] = []
  const together = (names: readonly string[]) => {
    asked.push(names)
    return null
  }
  const algorithm = async (name: string) =>
    name === 'blake3' ? { ...nodeAlgorithm('sha512'), together } : nodeAlgorithm(name)
  const [result] = await createHashService({ algorithm, cache: null }).hash([file('m', 'x')], { algorithms: ['md5'] })
  expect([asked, result?.digests]).toEqual([[['md5']], { md5: by('md5', 'x') }])
})

describe.skipIf(!isBuilt)(`in threads${isBuilt ? '' : ' (skipped: the packages are not built)'}`, () => {
  const threaded = (): HashService =>
    service({
      // As if one of them were a stranger's: the addon would hash both by itself.
      algorithm: async (name) => ({ ...(await algorithm(name)), together: () => null }),
      source: (name) => ({ file: built[name === 'sha256' ? 1 : 2] as string, export: 'createHash', name }),
    })
  const paths = Array.from({ length: 5000 }, (_, i) => file(`n${i}`, `content ${i}`))

  it('five thousand files have the digests that they have one by one', async () => {
    const missing = fromString(join(directory, 'missing'))
    const results = await threaded().hash([...paths, missing], { algorithms: ['sha256', 'blake3'] })
    const alone = await service().hash([...paths.slice(0, 3000), missing], { algorithms: ['sha256', 'blake3'] })
    const facts = ({ path, digests, error, stamp }: HashedFile) => ({ path, digests, error, stamp })
    const compared = [...results.slice(0, 3000), results.at(-1) as HashedFile]
    expect(compared.map(facts)).toEqual(alone.map(facts))
    expect(results.slice(0, -1).map((one) => one.digests?.sha256)).toEqual(
      paths.map((_, i) => by('sha256', `content ${i}`)),
    )
  })

  it('a digest is written in its algorithm’s own way, wherever it was computed', async () => {
    const text = (digest: Uint8Array, size: number) => `${Buffer.from(digest).toString('base64')}, ${size}`
    const written = { algorithm: async () => ({ ...nodeAlgorithm('sha256'), text }) }
    const source = () => ({ file: built[1] as string, export: 'createHash', name: 'sha256' })
    const options = { algorithms: ['sha256'] }
    const there = await service({ ...written, source }).hash(paths, options)
    expect(there[7]?.digests?.sha256).toBe(`${createHash('sha256').update('content 7').digest('base64')}, 9`)
    expect(await service(written).hash(paths.slice(0, 9), options)).toEqual(there.slice(0, 9))
  })

  it('a large file is hashed there, and its progress told', async () => {
    const path = file('large', '')
    truncateSync(join(directory, 'large'), 400 << 20)
    const told: HashProgress[] = []
    const options = { algorithms: ['sha256', 'blake3'], onProgress: (one: HashProgress) => void told.push(one) }
    const [result] = await threaded().hash([path], options)
    expect(result?.digests?.sha256).toBe(by('sha256', Buffer.alloc(400 << 20)))
    expect(told.some((one) => one.bytes > 0 && one.totalBytes === 400 << 20)).toBe(true)
  })

  it('an abort ends them', async () => {
    const path = file('larger', '')
    truncateSync(join(directory, 'larger'), 8 * 2 ** 30)
    const started = performance.now()
    const signal = AbortSignal.timeout(100)
    const [result] = await threaded().hash([path], { algorithms: ['sha256', 'blake3'], signal })
    expect([result?.error, performance.now() - started < 2000]).toEqual(['ABORTED', true])
  })

  it('what they cannot load is hashed on the calling thread', async () => {
    const lost = service({
      source: () => ({ file: join(directory, 'no-such-plugin.js'), export: 'createHash', name: '' }),
    })
    const results = await lost.hash(paths, { algorithms: ['sha256'] })
    expect(results.every((one, i) => one.digests?.sha256 === by('sha256', `content ${i}`))).toBe(true)
  })
})
