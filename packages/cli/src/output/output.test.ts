/** What reaches a terminal: harmless, aligned, humane. */
import { describe, expect, it } from 'vitest'
import { printableJson, shellWords, visible } from './escape.ts'
import { ago, count, duration, grouped, size } from './humane.ts'
import { Page } from './page.ts'
import { stylesFor } from './styles.ts'
import { tableLines } from './table.ts'
import { displayWidth, fit } from './width.ts'

describe('text from data', () => {
  it('cannot drive the terminal', () => {
    expect(visible('a\u001b[2J\u001b]0;title\u0007b')).toBe('a\\e[2J\\e]0;title\\x07b')
    expect(visible('line\nnext\r\t')).toBe('line\\nnext\\r\\t')
    expect(visible('\u009b31m')).toBe('\\x9b31m')
  })

  it('cannot turn words around or hide line ends', () => {
    expect(visible('gpj.\u202eexe')).toBe('gpj.\\u202eexe')
    expect(visible('a\u2028b\ufeff')).toBe('a\\u2028b\\ufeff')
  })

  it('keeps the letters of every script', () => {
    expect(visible('größe 数据 данные 🎲')).toBe('größe 数据 данные 🎲')
  })

  it('is safe in JSON too, and still the same for a program', () => {
    const value = { path: 'a\u009b\u007f\u202e\u001b\nz' }
    const text = printableJson(value)
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u)
    expect(JSON.parse(text)).toEqual(value)
  })
})

describe('a command line', () => {
  it('is quoted where a shell would need it, and nowhere else', () => {
    expect(shellWords(['python', 'train.py', '--lr=0.1', 'my file', "it's", ''])).toBe(
      "python train.py --lr=0.1 'my file' 'it'\\''s' ''",
    )
  })

  it('with control characters is spelled so that a shell gives them back', () => {
    expect(shellWords(['printf', 'a\nb\u001b'])).toBe("printf $'a\\nb\\e'")
  })
})

describe('the width of text', () => {
  it('counts wide characters twice, combining ones and colours not at all', () => {
    expect(displayWidth('数据')).toBe(4)
    expect(displayWidth('e\u0301')).toBe(1)
    expect(displayWidth(stylesFor('always', false, {}).bad('abc'))).toBe(3)
  })

  it('is cut with an ellipsis, and a cut never leaves a colour on', () => {
    expect(fit('abcdefgh', 5)).toBe('abcd…')
    expect(displayWidth(fit('数据数据数据', 5))).toBeLessThanOrEqual(5)
    expect(fit(stylesFor('always', false, {}).bad('abcdefgh'), 4)).toBe('\u001b[31mabc…\u001b[39m')
  })

  it('aligns the columns of a table', () => {
    expect(
      tableLines(
        [
          ['数据', '1'],
          ['abc', '1000'],
        ],
        [{}, { align: 'right' }],
      ),
    ).toEqual(['数据     1', 'abc   1000'])
  })
})

describe('figures', () => {
  it('are sizes of three digits', () => {
    expect([0, 999, 1000, 1234567, 5 * 2 ** 30, null].map(size)).toEqual([
      '0 B',
      '999 B',
      '1.00 KB',
      '1.23 MB',
      '5.37 GB',
      '-',
    ])
  })

  it('are durations in the units that fit', () => {
    expect([12, 1500, 61_000, 7_260_000, 90_000_000].map(duration)).toEqual([
      '12 ms',
      '1.5 s',
      '1 min 01 s',
      '2 h 01 min',
      '1 d 01 h',
    ])
  })

  it('are times near in words and far in full', () => {
    const now = Date.parse('2026-01-02T00:00:00Z')
    expect(ago('2026-01-01T23:57:00Z', now)).toBe('3 minutes ago')
    expect(ago('2020-01-01T00:00:00Z', now)).toMatch(/^20(19|20)-/)
  })

  it('are grouped, with the noun in its number', () => {
    expect(grouped(1234567)).toBe('1,234,567')
    expect(count(1, 'job')).toBe('1 job')
    expect(count(2000, 'job')).toBe('2,000 jobs')
  })
})

describe('colour', () => {
  it('is used on a terminal, but not with NO_COLOR, unless it is asked for', () => {
    expect(stylesFor('auto', true, {}).coloured).toBe(true)
    expect(stylesFor('auto', true, { NO_COLOR: '1' }).coloured).toBe(false)
    expect(stylesFor('always', false, { NO_COLOR: '1' }).coloured).toBe(true)
    expect(stylesFor('auto', false, {}).coloured).toBe(false)
    expect(stylesFor('auto', true, { TERM: 'dumb' }).coloured).toBe(false)
  })
})

describe('a long list', () => {
  const rows = Array.from({ length: 30 }, (_, index) => [`row ${index}`])
  const page = (verbosity: number) => new Page({ styles: stylesFor('never', false, {}), columns: 80, verbosity })

  it('is cut with a count', () => {
    const short = page(0)
    short.list(rows, 'rows', 20)
    expect(short.text().split('\n').at(-2)).toBe('  … and 10 more rows (-v shows all)')
  })

  it('is whole with -v', () => {
    const long = page(1)
    long.list(rows, 'rows', 20)
    expect(long.text().split('\n')).toHaveLength(31)
  })
})
