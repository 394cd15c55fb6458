// A kept table is never that of files as they were before.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fromString } from '@roar/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { derivedFrom } from './derived.ts'

const place = mkdtempSync(join(tmpdir(), 'roar-derived-'))
const at = (...parts: readonly string[]) => join(place, ...parts)
/** Until nobody can change a file and leave its times as they are. */
const settle = () => setTimeout(2100)
afterAll(() => rmSync(place, { recursive: true, force: true }))

let made = 0
const sources = ['file', 'folder', 'away', 'other'].map((name) => fromString(at(name)))
const ask = (names = sources): boolean => {
  const before = made
  derivedFrom(at('cache'), 'table', names, () => Uint8Array.of(++made))
  return made > before
}

describe('what changes the sources', () => {
  beforeAll(async () => {
    mkdirSync(at('folder'))
    for (const name of ['file', 'other', 'folder/a', 'folder/new-a']) writeFileSync(at(name), 'one')
    await settle()
  })

  it('nothing: it is made once, and the bytes are the same', () => {
    expect([ask(), ask()]).toEqual([true, false])
    const table = derivedFrom(at('cache'), 'table', sources, () => Uint8Array.of(99))
    expect([...table]).toEqual([made])
    expect(table.byteOffset % 8).toBe(0)
  })

  it.each([
    ['other bytes of the same length', () => writeFileSync(at('file'), 'two')],
    [
      'other bytes with the times of before',
      () => {
        const { atime, mtime } = statSync(at('other'))
        writeFileSync(at('other'), 'two')
        utimesSync(at('other'), atime, mtime)
      },
    ],
    ['a file of a folder that another one replaces', () => renameSync(at('folder/new-a'), at('folder/a'))],
    ['a file that was not there', () => writeFileSync(at('away'), '')],
  ])('%s', async (_, change) => {
    change()
    // Just changed: nobody may rest on the time yet.
    expect([ask(), ask()]).toEqual([true, true])
    await settle()
    expect([ask(), ask()]).toEqual([true, false])
  })

  it('a file that is gone', () => {
    rmSync(at('away'))
    expect([ask(), ask()]).toEqual([true, false])
  })

  it('where nothing is there nothing is kept', () => {
    const gone = [fromString(at('gone')), fromString(at('gone too'))]
    expect([ask(gone), ask(gone)]).toEqual([true, true])
  })

  it('where a file stands in the place of the cache it is made', () => {
    const made = derivedFrom(at('other', 'cache'), 'table', [fromString(at('folder'))], () => Uint8Array.of(1))
    expect([...made]).toEqual([1])
  })

  it('a damaged table is made anew', () => {
    writeFileSync(at('cache/table'), 'x')
    expect(ask()).toBe(true)
  })
})

const run = (...words: readonly string[]): void => {
  const done = spawnSync(words[0] as string, words.slice(1), { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr}`)
}
const archive = (version: string): string => {
  mkdirSync(at(version, 'DEBIAN'), { recursive: true })
  const fields = `Package: gadget\nVersion: ${version}\nArchitecture: all\nMaintainer: a <a@example.org>\nDescription: x\n`
  writeFileSync(at(version, 'DEBIAN/control'), fields)
  writeFileSync(at(version, `gadget-${version}`), version)
  run('dpkg-deb', '--root-owner-group', '--build', at(version), at(`${version}.deb`))
  return at(`${version}.deb`)
}
const hasDpkg = process.getuid?.() === 0 && spawnSync('dpkg-divert', ['--version']).status === 0

it.skipIf(!hasDpkg)(
  'whatever dpkg does is seen (needs dpkg, and root for its own root directory)',
  async () => {
    const root = at('root')
    const admin = join(root, 'var/lib/dpkg')
    for (const name of ['info', 'updates', 'triggers']) mkdirSync(join(admin, name), { recursive: true })
    writeFileSync(join(admin, 'status'), '')
    const database = ['status', 'info', 'diversions', 'updates'].map((name) => fromString(join(admin, name)))
    const dpkg = (...words: readonly string[]): void =>
      run('dpkg', `--root=${root}`, '--force-script-chrootless', ...words)
    for (const change of [
      () => dpkg('-i', archive('1.0')),
      () => dpkg('--unpack', archive('1.1')),
      () => run('dpkg-divert', '--root', root, '--divert', '/moved', '--no-rename', '--add', '/gadget-1.1'),
      () => dpkg('--configure', 'gadget'),
      () => dpkg('-r', 'gadget'),
    ]) {
      change()
      await settle()
      expect([ask(database), ask(database)]).toEqual([true, false])
    }
  },
  60_000,
)
