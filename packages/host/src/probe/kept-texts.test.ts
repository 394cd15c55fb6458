// A kept text is never that of files as they were before, and a table holds many of them.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fromString } from '@roar/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeptTexts } from './kept-texts.ts'

const place = mkdtempSync(join(tmpdir(), 'roar-kept-'))
const at = (...parts: readonly string[]) => join(place, ...parts)
/** Until nobody can change a file and leave its times as they are. */
const settle = () => setTimeout(2100)
afterAll(() => rmSync(place, { recursive: true, force: true }))

/** The files whose texts were made, in one run. */
function run(...names: readonly string[]): readonly string[] {
  const made: string[] = []
  const texts = new KeptTexts(at('cache'))
  for (const name of names) {
    const file = at(name)
    const text = texts.text('table', [fromString(file), fromString(at(`${name}.beside`))], () => {
      made.push(name)
      return readFileSync(file, 'latin1')
    })
    expect(text).toBe(readFileSync(file, 'latin1'))
  }
  texts.keep()
  return made
}

describe('texts of files', () => {
  beforeAll(async () => {
    for (const name of ['a', 'b', 'c', 'new', 'other']) writeFileSync(at(name), `of ${name}`)
    await settle()
  })

  it('are made once; those of a later run come beside them', () => {
    expect(run('a')).toEqual(['a'])
    expect(run('a', 'b')).toEqual(['b'])
    expect(run('b', 'c')).toEqual(['c'])
    expect(run('a', 'b', 'c')).toEqual([])
    expect(readdirSync(at('cache'))).toEqual(['table'])
  })

  it.each([
    ['other bytes of the same length', () => writeFileSync(at('a'), 'OF a')],
    [
      'other bytes with the times of before',
      () => {
        const { atime, mtime } = statSync(at('a'))
        writeFileSync(at('a'), 'so a')
        utimesSync(at('a'), atime, mtime)
      },
    ],
    ['another file by its name', () => renameSync(at('new'), at('a'))],
    ['a file beside it that was not there', () => writeFileSync(at('a.beside'), '')],
    ['a file beside it that is gone', () => rmSync(at('a.beside'))],
    [
      'an older file in its place, as a downgrade puts it',
      () => {
        rmSync(at('a'))
        writeFileSync(at('a'), 'of a')
        utimesSync(at('a'), 1, 1)
      },
    ],
  ])('%s: the text is made anew, and of that file alone', async (what, change) => {
    change()
    // Just changed: nobody may rest on the time yet. Of what is gone there is no time to doubt.
    const settled = what.endsWith('is gone')
    expect([run('a', 'b'), run('a', 'b')]).toEqual([['a'], settled ? [] : ['a']])
    await settle()
    expect([run('a', 'b'), run('a', 'b')]).toEqual([settled ? [] : ['a'], []])
  })

  it('what rests on the first of its sources is made anew for that one alone', async () => {
    const texts = () => new KeptTexts(at('cache'))
    const ask = (kept: KeptTexts, made: string) => {
      const text = kept.text('first', [fromString(at('few')), fromString(at('few.more'))], () => ({
        text: made,
        restsOn: 1,
      }))
      kept.keep()
      return text
    }
    writeFileSync(at('few'), '')
    await settle()
    expect(ask(texts(), 'once')).toBe('once')
    writeFileSync(at('few.more'), '')
    expect(ask(texts(), 'again')).toBe('once')
    writeFileSync(at('few'), 'x')
    expect(ask(texts(), 'again')).toBe('again')
  })

  it.each(['x', '[[1,2,3]]', '[["a","b","c"]]', '{}', '[null]'])('a damaged table is made anew: %s', (bytes) => {
    writeFileSync(at('cache/table'), bytes)
    expect([run('b', 'c'), run('b', 'c')]).toEqual([['b', 'c'], []])
  })

  it('of a table that is too long those stay that were asked for', () => {
    const lines = Array.from({ length: 5000 }, (_, i) => [`/${i}`, 1, '', ''])
    writeFileSync(at('cache/table'), JSON.stringify(lines))
    expect(run('b')).toEqual(['b'])
    expect(JSON.parse(readFileSync(at('cache/table'), 'utf8'))).toHaveLength(1)
  })

  it('where nothing can be written each is made', () => {
    mkdirSync(at('locked'))
    writeFileSync(at('locked/file'), '')
    const texts = new KeptTexts(at('locked/file'))
    expect(texts.text('table', [fromString(at('b'))], () => 'made')).toBe('made')
    expect(() => texts.keep()).not.toThrow()
  })
})
