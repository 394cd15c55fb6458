// The suite that every store must pass, and what holds for a SQLite file: private, up to date, never one that is not ours.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recorded, storeSuite } from '@roar/conformance'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { createStore, newestVersion } from './index.ts'

const directory = mkdtempSync(join(tmpdir(), 'roar-store-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

storeSuite({ describe, it }, 'sqlite', (place) => createStore().open(join(directory, `${place}.db`)))

let files = 0
const newFile = (): string => join(directory, `file-${++files}.db`)

async function recordedFile(): Promise<string> {
  const path = newFile()
  const store = await createStore().open(path)
  await recorded(store, 'x')
  await store.close()
  return path
}

it('the database is private', async () => {
  expect(statSync(await recordedFile()).mode & 0o777).toBe(0o600)
})

it('a database of a newer roar is refused and left alone', async () => {
  const path = await recordedFile()
  const direct = new Database(path)
  direct.pragma(`user_version = ${newestVersion + 1}`)
  direct.close()
  const before = readFileSync(path)
  for (const mode of ['read', 'write'] as const)
    await expect(createStore().open(path, { mode })).rejects.toMatchObject({ code: 'ROAR_STORE_NEWER' })
  expect(readFileSync(path).equals(before)).toBe(true)
})

it('a file that is no database is refused and left alone', async () => {
  const path = newFile()
  const text = 'this is not a database, but it is long enough to be looked at by one'.repeat(20)
  writeFileSync(path, text)
  for (const mode of ['read', 'write'] as const)
    await expect(createStore().open(path, { mode })).rejects.toMatchObject({ code: 'ROAR_STORE_CORRUPT' })
  expect(readFileSync(path, 'utf8')).toBe(text)
})

it('a directory in the place of the database is refused', async () => {
  await expect(createStore().open(directory)).rejects.toMatchObject({ code: 'ROAR_STORE_CORRUPT' })
})

it('a database that is only read is neither made nor changed', async () => {
  const path = newFile()
  await expect(createStore().open(path, { mode: 'read' })).rejects.toMatchObject({ code: 'ROAR_STORE_MISSING' })
  const known = await recordedFile()
  const before = readFileSync(known)
  const store = await createStore().open(known, { mode: 'read' })
  expect(await store.countJobs()).toBe(1)
  await expect(recorded(store, 'y')).rejects.toMatchObject({ code: 'ROAR_STORE_READONLY' })
  await store.close()
  expect(readFileSync(known).equals(before)).toBe(true)
})
