// Whatever happens to the recorder, the disk or the file: what was answered is there, what was not is whole or absent, and nothing is overwritten.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { digest, jobOutcome, jobStart, outputEdge, recorded } from '@roar/conformance'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStore } from '../src/index.ts'

const here = fileURLToPath(new URL('..', import.meta.url))
/** In this package: it finds better-sqlite3 from there. */
const recorder = join(here, `build/recorder-${process.pid}.mjs`)
const directory = mkdtempSync(join(tmpdir(), 'roar-faults-'))
let files = 0
const newFile = (): string => join(directory, `${++files}.db`)

beforeAll(async () => {
  const banner = "import { createRequire as r } from 'node:module'; const require = r(import.meta.url)"
  await build({
    ...{ entryPoints: [join(here, 'test/recorder.ts')], outfile: recorder, bundle: true, platform: 'node' },
    ...{ format: 'esm', conditions: ['roar-source'], external: ['better-sqlite3', 'vitest'], banner: { js: banner } },
  })
})

afterAll(() => {
  rmSync(recorder, { force: true })
  rmSync(directory, { recursive: true, force: true })
})

const record = (path: string, jobs: number, outputs: number, ...more: readonly string[]): ChildProcess =>
  spawn(process.execPath, [recorder, path, String(jobs), String(outputs), ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })

async function ended(child: ChildProcess): Promise<{ status: number | null; out: string; err: string }> {
  let [out, err] = ['', '']
  child.stdout?.on('data', (bytes) => (out += bytes))
  child.stderr?.on('data', (bytes) => (err += bytes))
  const status = await new Promise<number | null>((done) => child.on('close', done))
  return { status, out, err }
}

it('a recorder that is killed at any moment loses at most the job it was recording', async () => {
  const path = newFile()
  const answered: string[] = []
  for (let round = 0; round < 10; round++) {
    const child = record(path, 1000, 400)
    const result = ended(child)
    await Promise.race([new Promise((done) => child.stdout?.once('data', done)), result])
    setTimeout(() => child.kill('SIGKILL'), round * 7)
    answered.push(...(await result).out.split('\n').filter((line) => line.length === 8))
  }
  const store = await createStore().open(path)
  expect(await store.check()).toEqual([])
  const jobs = await store.jobs()
  const known = new Map(jobs.map((job) => [job.uid, job]))
  expect(answered.length).toBeGreaterThanOrEqual(10)
  expect(answered.filter((uid) => known.get(uid)?.status !== 'completed')).toEqual([])
  expect(jobs.filter((job) => job.status === 'running').length).toBeLessThanOrEqual(10)
  for (const job of jobs) expect((await store.job(job.id))?.outcome?.outputs.length ?? 0).toBe(job.outputs)
  for (const job of await store.runningJobs()) await store.finishJob(job.uid, jobOutcome({ status: 'interrupted' }))
  expect(await store.runningJobs()).toEqual([])
  await store.close()
})

it('of twenty recorders at once none loses a job', async () => {
  const path = newFile()
  const results = await Promise.all(Array.from({ length: 20 }, () => ended(record(path, 3, 50))))
  expect(results.map(({ status, err }) => [status, err])).toEqual(Array(20).fill([0, '']))
  const store = await createStore().open(path)
  const recordedUids = (await store.jobs()).filter((job) => job.status === 'completed').map((job) => job.uid)
  expect(recordedUids.sort()).toEqual(results.flatMap(({ out }) => out.trim().split('\n')).sort())
  expect(new Set((await store.jobs()).map((job) => job.step.number)).size).toBe(60)
  expect(await store.sessions()).toHaveLength(1)
  expect(await store.check()).toEqual([])
  await store.close()
})

it('on a full disk the job stays running and earlier ones stay whole; with room it is recorded', async ({ skip }) => {
  const mount = join(directory, 'small')
  mkdirSync(mount)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mount])
  if (mounted.status !== 0)
    skip(`a small disk cannot be mounted here: ${String(mounted.stderr ?? mounted.error).trim()}`)
  try {
    const store = await createStore().open(join(mount, 'roar.db'))
    const before = await recorded(store, 'before', { outputs: [outputEdge('f', digest('a'))] })
    const { id, uid } = await store.beginJob(jobStart(['big']))
    const outputs = Array.from({ length: 20_000 }, (_, i) => outputEdge(`out/${i}`, i.toString(16).padStart(64, '0')))
    await expect(store.finishJob(uid, jobOutcome({ outputs }))).rejects.toMatchObject({ code: 'ROAR_STORE_FULL' })
    expect((await store.job(id))?.row.status).toBe('running')
    expect((await store.job(before.row.id))?.outcome).toEqual(before.outcome)
    execFileSync('mount', ['-o', 'remount,size=64m', mount])
    await store.finishJob(uid, jobOutcome({ outputs }))
    expect((await store.job(id))?.outcome?.outputs).toHaveLength(20_000)
    expect(await store.check()).toEqual([])
    await store.close()
  } finally {
    spawnSync('umount', [mount])
  }
})

it('a damaged database is refused or answers with an error that names the way out, and is not changed', async () => {
  const path = newFile()
  const store = await createStore().open(path)
  const outputs = Array.from({ length: 5000 }, (_, i) => outputEdge(`out/${i}`, i.toString(16).padStart(64, '0')))
  const { row } = await recorded(store, 'x', { outputs })
  await store.close()
  damage(path)
  const before = readFileSync(path)
  const damaged = await createStore().open(path)
  const error = await damaged.job(row.id).then(
    () => null,
    (thrown) => thrown,
  )
  expect(error).toMatchObject({
    code: 'ROAR_STORE_CORRUPT',
    remedy: [expect.stringContaining(path), expect.anything()],
  })
  expect(await damaged.check()).not.toEqual([])
  await damaged.close()
  expect(readFileSync(path).equals(before)).toBe(true)
})

/** Noise over all but the first pages: the schema is read, what it describes is not there. */
function damage(path: string): void {
  const file = openSync(path, 'r+')
  const { size } = statSync(path)
  for (let at = 4096 * 100; at < size; at += 4096) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, at)
  closeSync(file)
}

it('a database cut short is refused or found at fault', async () => {
  const path = newFile()
  const store = await createStore().open(path)
  await recorded(store, 'x', { outputs: [outputEdge('f', digest('a'))] })
  await store.close()
  const whole = readFileSync(path)
  for (const length of [50, 4096, 4096 * 20, whole.length - 4096]) {
    const cut = newFile()
    const file = openSync(cut, 'w')
    writeSync(file, whole, 0, length)
    closeSync(file)
    const found = await createStore()
      .open(cut)
      .then(
        async (opened) => {
          const faults = await opened.check().catch((thrown) => [thrown.code])
          await opened.close().catch(() => undefined)
          return faults
        },
        (thrown) => [thrown.code],
      )
    expect(found, `${length} bytes`).not.toEqual([])
  }
})

it('a recorder that is ended by force behind its last job leaves a small log, and the next ones go on from there', async () => {
  const path = newFile()
  const uids: string[] = []
  for (let round = 0; round < 3; round++) {
    uids.push((await ended(record(path, 1, 5, 'end'))).out.trim())
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
    const reader = await createStore().open(path, { mode: 'read' })
    expect((await reader.jobs()).map((job) => `${job.uid} ${job.status}`).reverse()).toEqual(
      uids.map((uid) => `${uid} completed`),
    )
    await reader.close()
  }
  const store = await createStore().open(path)
  expect(await store.check()).toEqual([])
  await store.close()
  expect(existsSync(`${path}-wal`)).toBe(false)
})

it('a large log is brought in, for nobody should have to read it at every start', async () => {
  const path = newFile()
  const { out } = await ended(record(path, 1, 5000, 'end'))
  expect(out.trim()).toHaveLength(8)
  expect(existsSync(`${path}-wal`)).toBe(false)
  expect(statSync(path).size).toBeGreaterThan(1 << 20)
})

it.for<[string, string[]]>([
  ['closed', []],
  ['ended by force', ['end']],
])(
  'a database in a read-only directory is read, and writing says what is missing: %s',
  async ([how, more], { skip }) => {
    const place = join(directory, `read-only ${how}`)
    mkdirSync(place)
    const path = join(place, 'roar.db')
    await ended(record(path, 1, 1, ...more))
    expect(existsSync(`${path}-wal`)).toBe(how !== 'closed')
    // Root may write in spite of the mode, but not on a file system that is mounted read-only.
    const isRoot = process.getuid?.() === 0
    if (isRoot && spawnSync('mount', ['--bind', '-o', 'ro', place, place]).status !== 0)
      skip('root, and nothing can be mounted')
    if (!isRoot) chmodSync(place, 0o500)
    try {
      const reader = await createStore().open(path, { mode: 'read' })
      expect(await reader.countJobs()).toBe(1)
      await reader.close()
      const writing = createStore()
        .open(path)
        .then((opened) => opened.beginJob(jobStart(['y'])).finally(() => opened.close()))
      await expect(writing).rejects.toMatchObject({ code: 'ROAR_STORE_READONLY' })
    } finally {
      if (isRoot) spawnSync('umount', [place])
      else chmodSync(place, 0o700)
    }
  },
)

it.each(['-wal', '-shm'])(
  'a pipe or a directory in the place of %s is no empty record and no full disk',
  async (end) => {
    for (const make of ['mkfifo', 'mkdir']) {
      const path = newFile()
      const store = await createStore().open(path)
      await store.beginJob(jobStart(['x']))
      store.close()
      rmSync(path + end, { force: true })
      execFileSync(make, [path + end])
      for (const mode of ['read', 'write'] as const)
        await expect(createStore().open(path, { mode }), `${make} ${mode}`).rejects.toMatchObject({
          code: 'ROAR_STORE_CORRUPT',
          message: expect.stringContaining(`${path}${end} is not a file`),
        })
    }
  },
)

it('a limit to the size of files is named where the disk has room', async () => {
  const words = ['-c', 'ulimit -f 1; exec "$@"', 'sh', process.execPath, recorder, newFile(), '1', '400']
  const { err } = await ended(spawn('sh', words, { stdio: ['ignore', 'pipe', 'pipe'] }))
  expect(err).toContain('ROAR_STORE_FULL')
  expect(err).toContain('ulimit -f')
})
