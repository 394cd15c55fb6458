import { describe, expect, it } from 'vitest'
import { jsonPieces } from './json-pieces.ts'
import { KeptRows } from './kept-rows.ts'
import { Parts } from './parts.ts'

const many = Array.from({ length: 1500 }, (_, i) => ({ i, path: `a\n"${i}`, none: undefined, list: [i, [], {}] }))

async function textOf(document: unknown): Promise<string> {
  let text = ''
  for (const piece of jsonPieces(document)) {
    if (typeof piece === 'string') text += piece
    else {
      for await (const rows of piece.parts.each()) text += piece.text(rows)
      text += piece.end()
    }
  }
  return text
}

async function* inParts<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < rows.length; from += 700) yield rows.slice(from, from + 700)
  yield []
}

describe('a document as JSON in pieces', () => {
  it.each([
    ['a word', 'x\u0000\u2028"'],
    ['null', null],
    ['a number', -1.5e300],
    ['an empty list', []],
    ['an empty object', {}],
    ['nothing in a list', [undefined, null, () => 1]],
    ['what has no JSON', { a: undefined, b: () => 1, c: 1, d: Symbol('x') }],
    ['a date', { at: new Date(0), list: [new Date(1)] }],
    ['lists in lists', { a: [[], [1, [2, { b: [] }]]], '': {} }],
    ['a long list', many],
    ['long lists below short ones', [{ of: many, more: [many, 'x'] }, many]],
  ])('is what JSON.stringify says: %s', async (_, document) => {
    expect(await textOf(document)).toBe(JSON.stringify(document, null, 2))
  })

  it('is the same of rows that come part by part, and of what is only iterable', async () => {
    const parts = (rows: readonly unknown[]) => new Parts(() => inParts(rows))
    const whole = { a: many, none: [], last: { b: many } }
    expect(await textOf({ a: parts(many), none: parts([]), last: { b: new Set(many) } })).toBe(
      JSON.stringify(whole, null, 2),
    )
    expect(await textOf(new Parts(() => inParts(many)).map(({ i }) => i))).toBe(
      JSON.stringify(
        many.map(({ i }) => i),
        null,
        2,
      ),
    )
  })

  it('holds no more of a long list at once than some of its rows', () => {
    let made = 0
    const counted = function* (): Generator<number> {
      while (made < 100_000) yield made++
    }
    let most = 0
    for (const piece of jsonPieces({ rows: counted() })) most = Math.max(most, (piece as string).length)
    expect(made).toBe(100_000)
    expect(most).toBeLessThan(20_000)
  })
})

describe('rows kept as text', () => {
  it('come back as they were', () => {
    const kept = new KeptRows()
    kept.add([
      ['a', ''],
      ['', 'é … \u001b[1mx'],
    ])
    kept.add([])
    kept.add([['one']])
    expect([...(kept.all() ?? [])]).toEqual([
      [
        ['a', ''],
        ['', 'é … \u001b[1mx'],
      ],
      [['one']],
    ])
  })

  it('are given up when they are too much', () => {
    const kept = new KeptRows()
    const row = ['x'.repeat(1 << 20)]
    for (let i = 0; i < 32; i++) kept.add([row])
    expect(kept.all()).not.toBeNull()
    kept.add([row])
    expect(kept.all()).toBeNull()
  })
})
