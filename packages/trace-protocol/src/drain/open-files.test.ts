import { lstatSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { FileEvent } from '../events.ts'
import { accessBits as bit } from '../schema.ts'
import { OpenFiles } from './open-files.ts'

const place = mkdtempSync(join(tmpdir(), 'roar-open-'))
afterAll(() => rmSync(place, { recursive: true }))

/** Left open by a process that had seen it empty; `path` holds bytes by now. */
function left(path: string, access = 0): FileEvent {
  const { dev, ino } = lstatSync(path, { bigint: true })
  const base = { type: 'settled', sequence: 1, pid: 7, tid: 7, flags: 0 } as const
  return { ...base, access: bit.open | access, mode: 0o100644, dev, ino, size: 0n, mtimeNs: 1n, ctimeNs: 1n, path }
}

function changedOf(event: FileEvent): readonly string[] {
  const files = new OpenFiles()
  files.note(event)
  return files.changed(2).map(({ path }) => path)
}

it('a file that was left open, and is another now, was written', () => {
  const path = join(place, 'a')
  writeFileSync(path, 'bytes')
  expect(changedOf(left(path))).toEqual([path])
})

it('a file whose last name is gone is not looked for by the name of another', () => {
  const path = join(place, 'b')
  writeFileSync(path, 'bytes')
  expect(changedOf(left(path, bit.unnamed))).toEqual([])
})

it('a symlink that got the number of a file is not that file', () => {
  const path = join(place, 'c')
  symlinkSync('b', path)
  expect(changedOf(left(path))).toEqual([])
})
