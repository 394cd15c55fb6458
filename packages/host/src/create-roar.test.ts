// A program that embeds roar: real runs under the preload tracer, a real database, real repositories.
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, realpathSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CacheKey, type Digests, display, type InputEdge, type OutputEdge } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { createRoar, type RoarOptions } from './create-roar.ts'
import { cleanEnv, newRepository, type Repository } from './git/repository.test-data.ts'
import { initWorkspace } from './workspace/init-workspace.ts'

const sha256 = {
  name: 'sha256',
  digestLength: 32,
  create() {
    const hash = createHash('sha256')
    return { update: (chunk: Uint8Array) => void hash.update(chunk), digest: () => new Uint8Array(hash.digest()) }
  },
}
const inline = { name: 'program', contributes: { hashes: [{ name: 'sha256', create: () => sha256 }] } }
const settings = { 'hash.primary': 'sha256', 'filter.ignore': ['/usr/', '/lib*/', '/etc/', '/proc/', '/dev/'] }
const digest = (text: string) => ({ sha256: createHash('sha256').update(text).digest('hex') })

const embed = (directory: string, options: Partial<RoarOptions> = {}) =>
  createRoar({ plugins: ['@roar/store-sql', '@roar/tracer-preload', inline], directory, settings, ...options })

async function project(): Promise<Repository> {
  const repository = newRepository()
  repository.write('in.txt', 'hello')
  await initWorkspace(repository.root)
  repository.commit()
  return repository
}

const named = (edges: readonly (InputEdge | OutputEdge)[], name: string) =>
  edges.find(({ path }) => display(path) === name)
const skipElsewhere = (skip: (reason: string) => void) => {
  if (process.platform !== 'linux') skip('the preload tracer of this version is for Linux')
}

describe('running', () => {
  it('a command is observed, recorded, and found in the store', async ({ skip }) => {
    skipElsewhere(skip)
    const { root } = await project()
    const roar = await embed(root)
    const phases: string[] = []
    const { handle, outcome, exit } = await roar.run({
      argv: ['sh', '-c', 'cat in.txt > out.txt; exit 3'],
      env: cleanEnv,
      name: 'copy',
      onProgress: ({ phase }) => phases.push(phase),
    })
    expect(exit).toEqual({ exitCode: 3, signal: null })
    expect(named(outcome.inputs, 'in.txt')).toMatchObject({ digests: digest('hello'), sourced: 'commit' })
    expect(named(outcome.outputs, 'out.txt')).toMatchObject({ digests: digest('hello'), size: 5 })
    expect([phases[0], phases.at(-1)]).toEqual(['started', 'recorded'])
    const store = await roar.store()
    const [job] = await store.jobs()
    expect(job).toMatchObject({ uid: handle.uid, name: 'copy', status: 'failed', dirty: false })
    await roar.close()
  })

  it('a dirty work tree is refused with the commands that mend it, unless it is allowed', async ({ skip }) => {
    skipElsewhere(skip)
    const repository = await project()
    repository.write('in.txt', 'changed')
    const roar = await embed(repository.root)
    const refused = await roar.run({ argv: ['true'], env: cleanEnv }).catch((error) => error)
    expect(refused).toMatchObject({ code: 'ROAR_GIT_DIRTY', why: 'code: M in.txt' })
    expect(refused.remedy[0]).toBe('git add -- in.txt')
    const { outcome, exit } = await roar.run({
      argv: ['cat', 'in.txt'],
      env: cleanEnv,
      allowDirty: true,
      stdio: 'ignore',
    })
    expect(exit.exitCode).toBe(0)
    expect(named(outcome.inputs, 'in.txt')).toMatchObject({ digests: digest('changed'), sourced: 'none' })
    await roar.close()
  })

  it('a signal of the program ends the child, and the record says so', async ({ skip }) => {
    skipElsewhere(skip)
    const { root } = await project()
    const roar = await embed(root)
    const controller = new AbortController()
    const onProgress = ({ phase }: { phase: string }) => phase === 'started' && controller.abort()
    const { outcome } = await roar.run({ argv: ['sleep', '60'], env: cleanEnv, signal: controller.signal, onProgress })
    expect(outcome).toMatchObject({ status: 'interrupted', exit: { exitCode: null, signal: 'SIGTERM' } })
    await roar.close()
  })

  it('what cannot be started leaves no job behind', async ({ skip }) => {
    skipElsewhere(skip)
    const { root } = await project()
    const roar = await embed(root)
    const refused = await roar.run({ argv: ['no-such-command'], env: cleanEnv }).catch((error) => error)
    expect(refused).toMatchObject({ code: 'ROAR_COMMAND_NOT_FOUND', exitCode: 127 })
    expect(await (await roar.store()).countJobs()).toBe(0)
    await roar.close()
  })
})

describe('hashing', () => {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-embedded-')))

  it('gives digests in the order asked, and for each fault its name', async () => {
    writeFileSync(join(place, 'a'), 'hello')
    writeFileSync(join(place, 'empty'), '')
    writeFileSync(join(place, 'big'), '')
    truncateSync(join(place, 'big'), 3_000_000)
    const roar = await createRoar({ plugins: [inline], directory: place, settings })
    const found = await roar.hash(['a', 'empty', 'gone', '.', 'big'])
    expect(found.map(({ digests, error }) => digests ?? error)).toEqual([
      digest('hello'),
      digest(''),
      'ENOENT',
      'EISDIR',
      digest('\0'.repeat(3_000_000)),
    ])
    expect(found[0]?.stamp).toMatchObject({ size: 5n })
    await roar.close()
  })

  it('a file that one may not read is named', async ({ skip }) => {
    if (process.getuid?.() === 0) return skip('root may read everything')
    writeFileSync(join(place, 'secret'), '')
    chmodSync(join(place, 'secret'), 0)
    const roar = await createRoar({ plugins: [inline], directory: place, settings })
    expect((await roar.hash(['secret']))[0]?.error).toBe('EACCES')
  })

  it('an algorithm that nobody brings is answered with those that are there', async () => {
    const roar = await createRoar({ plugins: [inline], directory: place, settings })
    await expect(roar.hash([], ['sha265'])).rejects.toMatchObject({ code: 'ROAR_PLUGIN_CONTRIBUTION' })
  })

  it('a digest cache of the program is asked first, and closed with the rest', async () => {
    const kept = new Map<string, Digests>()
    const digestCache = async () => ({
      get: ({ ino, size }: CacheKey) => kept.get(`${ino} ${size}`) ?? null,
      put: ({ ino, size }: CacheKey, digests: Digests) => void kept.set(`${ino} ${size}`, digests),
      close: () => kept.clear(),
    })
    // Large enough to be worth it, and older than the granularity of any clock.
    const file = process.execPath
    const roar = await createRoar({ plugins: [inline], directory: place, settings, digestCache })
    const [read] = await roar.hash([file])
    expect([...kept.values()]).toEqual([read?.digests])
    for (const name of kept.keys()) kept.set(name, { sha256: 'from the cache' })
    expect((await roar.hash([file]))[0]?.digests).toEqual({ sha256: 'from the cache' })
    await roar.close()
    expect(kept.size).toBe(0)
  })
})
