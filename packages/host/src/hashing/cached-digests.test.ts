// When a digest that is remembered may be believed.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync, statfsSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CacheKey, type Digests, fromString, type HashAlgorithm } from '@roar/core'
import { afterAll, describe, expect, it } from 'vitest'
import { createHashService } from './hash-service.ts'

const TMPFS = 0x01021994
const onMemory = statfsSync(tmpdir()).type === TMPFS
const why = onMemory ? ` (skipped: ${tmpdir()} is a memory file system)` : ''

const directory = mkdtempSync(join(tmpdir(), 'roar-cache-'))
afterAll(() => rmSync(directory, { recursive: true }))

const md5: HashAlgorithm = {
  name: 'md5',
  digestLength: 16,
  create: () => {
    const hash = createHash('md5')
    return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() }
  },
}

class Remembered {
  readonly digests = new Map<string, Digests>()
  opened = 0

  readonly open = async () => {
    this.opened++
    return {
      get: (key: CacheKey) => this.digests.get(keyText(key)) ?? null,
      put: (key: CacheKey, value: Digests) => void this.digests.set(keyText(key), value),
      close: () => undefined,
    }
  }

  /** What would be believed. */
  forge(): void {
    for (const key of this.digests.keys()) this.digests.set(key, { md5: 'remembered' })
  }
}
const keyText = (key: CacheKey): string => Object.values(key).join(':')

async function md5Of(name: string, cache: Remembered): Promise<string | undefined> {
  const service = createHashService({ algorithm: async () => md5, cache: cache.open })
  const [result] = await service.hash([fromString(name)], { algorithms: ['md5'] })
  return result?.digests?.md5
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 2100))
const bytes = Buffer.alloc(70_000, 'z')

describe.skipIf(onMemory)(`the digest cache${why}`, { concurrent: true }, () => {
  it('remembers a file that has settled, until it changes', async () => {
    const [cache, name] = [new Remembered(), join(directory, 'settled')]
    writeFileSync(name, bytes)
    await settle()
    const first = await md5Of(name, cache)
    cache.forge()
    expect([await md5Of(name, cache), cache.digests.size]).toEqual(['remembered', 1])
    appendFileSync(name, 'more')
    expect(await md5Of(name, cache)).not.toBe(first)
  })

  it('neither believes nor remembers a file that changed a moment ago, whatever its mtime says', async () => {
    const [cache, name] = [new Remembered(), join(directory, 'fresh')]
    writeFileSync(name, bytes)
    utimesSync(name, 1, 1)
    await md5Of(name, cache)
    expect(cache.digests.size).toBe(0)
  })

  it('trusts no time that lies in the future', async () => {
    const [cache, name] = [new Remembered(), join(directory, 'future')]
    writeFileSync(name, bytes)
    const tomorrow = Date.now() / 1000 + 86_400
    utimesSync(name, tomorrow, tomorrow)
    await settle()
    await md5Of(name, cache)
    expect(cache.digests.size).toBe(0)
  })

  it('is not opened for files that are hashed sooner than looked up', async () => {
    const [cache, name] = [new Remembered(), join(directory, 'small')]
    writeFileSync(name, 'small')
    await settle()
    await md5Of(name, cache)
    expect(cache.opened).toBe(0)
  })

  it('does not remember a file that a program can still change through its memory', async () => {
    const [cache, name] = [new Remembered(), join(directory, 'mapped')]
    writeFileSync(name, bytes)
    const writer = await mapped(name)
    await settle()
    const before = await md5Of(name, cache)
    // The page is dirty already: this store moves no time.
    await store(writer)
    const after = await md5Of(name, cache)
    writer.kill()
    expect([cache.digests.size, before === after]).toEqual([0, false])
    expect(after).toBe(execFileSync('md5sum', [name], { encoding: 'utf8' }).slice(0, 32))
  })
})

it('a memory file system is not remembered: its times do not tell of stores through a mapping', async (context) => {
  if (process.platform !== 'linux' || statfsSync('/dev/shm').type !== TMPFS) return context.skip('no tmpfs at /dev/shm')
  const place = mkdtempSync('/dev/shm/roar-cache-')
  const [cache, name] = [new Remembered(), join(place, 'file')]
  writeFileSync(name, bytes)
  await settle()
  await md5Of(name, cache)
  rmSync(place, { recursive: true })
  expect(cache.digests.size).toBe(0)
})

/** A process that stores a byte through a shared mapping at once, and another for each line that it is sent. */
async function mapped(name: string): Promise<ChildProcess> {
  const program = `
import mmap, sys
file = open(sys.argv[1], 'r+b')
view = mmap.mmap(file.fileno(), 0)
for at, _ in enumerate(iter(sys.stdin.readline, '')):
    view[at] = 65
    print('stored', flush=True)`
  const writer = spawn('python3', ['-c', program, name], { stdio: ['pipe', 'pipe', 'inherit'] })
  await store(writer)
  return writer
}

function store(writer: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    writer.stdout?.once('data', () => resolve())
    writer.stdin?.write('\n')
  })
}
