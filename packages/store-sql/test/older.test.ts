// Databases of earlier versions: their rows, as the code of that time wrote them, are read whole once they are brought up to date, wherever they lie.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digest, recorded } from '@roar/conformance'
import type { LineageStore } from '@roar/core'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { createStore, newestVersion } from '../src/index.ts'
import { migrations } from '../src/schema/migrate.ts'
import { addMemberKeys } from '../src/sqlite/member-keys.ts'

const directory = mkdtempSync(join(tmpdir(), 'roar-older-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let files = 0

/** Version 1 with its rows, brought up to `version` by the steps themselves. */
function older(version: number): string {
  const path = join(directory, `${version}-${++files}.db`)
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  addMemberKeys(database)
  const steps = migrations.slice(0, version)
  for (const [at, statements] of steps.entries()) {
    for (const statement of statements) database.exec(statement)
    if (at === 0) database.exec(readFileSync(join(import.meta.dirname, 'older/1.sql'), 'utf8'))
  }
  database.pragma(`user_version = ${version}`)
  database.close()
  return path
}

async function expectWhole(store: LineageStore): Promise<void> {
  const [sleep, train, prepare] = await store.jobs()
  expect([prepare?.status, train?.status, sleep?.status]).toEqual(['completed', 'failed', 'running'])
  const records = await store.jobRecords([1, 2])
  expect(records[0]).toMatchObject({
    start: { name: 'prepare', tags: { stage: 'prepare' }, git: { dirty: true, dirtyFiles: [{ path: 'code.py' }] } },
    outcome: {
      outputs: [
        { path: 'data.csv', digests: { blake3: digest('a'), sha256: digest('1') }, access: ['created', 'written'] },
      ],
      packages: [{ ecosystem: 'pypi', name: 'numpy', version: '1.26.0' }],
      processes: [{ argv: ['python', 'prepare.py'], executable: '/usr/bin/python3', seenBy: 'preload' }],
      environment: { os: 'Linux', variables: { LANG: 'C' } },
      notes: ['a note'],
    },
  })
  expect(records[1]).toMatchObject({
    row: { exitCode: 3, complete: false },
    outcome: {
      inputs: [{ path: 'data.csv', producer: { number: 1 }, sourced: 'job' }],
      outputs: [{ path: 'model' }, { path: 'gone', reason: 'vanished', digests: {} }],
      tracer: { lost: 1, coverage: { complete: false, gaps: [{ code: 'set-id', count: 1, detail: 'sudo' }] } },
      deleted: ['tmp'],
    },
  })
  expect(await store.artifactsByDigest(digest('b').slice(0, 8))).toHaveLength(1)
  expect((await store.graph({ session: 1 })).jobs).toHaveLength(3)
  expect(await store.check()).toEqual([])
}

describe.each(Array.from({ length: newestVersion - 1 }, (_, at) => at + 1))('a database of version %i', (version) => {
  it('is brought up to date by who reads it, keeps what it held, and takes more', async () => {
    const path = older(version)
    const reader = await createStore().open(path, { mode: 'read' })
    await expectWhole(reader)
    await reader.close()
    const writer = await createStore().open(path)
    const { row } = await recorded(writer, 'python prepare.py')
    expect([row.step.number, row.execution]).toEqual([1, 2])
    await writer.close()
  })

  it('is read where nothing can be written, as it would be where it can', async ({ skip }) => {
    const disk = join(directory, `disk-${version}`)
    mkdirSync(disk)
    const mount = (...words: string[]) => spawnSync('mount', [...words, disk]).status === 0
    if (!mount('-t', 'tmpfs', 'tmpfs')) skip('no tmpfs can be mounted here')
    try {
      const path = join(disk, 'roar.db')
      copyFileSync(older(version), path)
      const before = readFileSync(path)
      mount('-o', 'remount,ro')
      const reader = await createStore().open(path, { mode: 'read' })
      await expectWhole(reader)
      await expect(recorded(reader, 'x')).rejects.toMatchObject({ code: 'ROAR_STORE_READONLY' })
      await reader.close()
      await expect(createStore().open(path)).rejects.toMatchObject({ code: 'ROAR_STORE_READONLY' })
      expect(readFileSync(path).equals(before)).toBe(true)
    } finally {
      spawnSync('umount', [disk])
    }
  })
})
