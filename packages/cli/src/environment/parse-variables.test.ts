import { expect, it } from 'vitest'
import { parseVariables } from './parse-variables.ts'

it.each([
  [['A=1'], [['A', '1']]],
  [
    ['A=1', 'B=two words'],
    [
      ['A', '1'],
      ['B', 'two words'],
    ],
  ],
  [['A', '1'], [['A', '1']]],
  [['A='], [['A', '']]],
  [['A=b=c'], [['A', 'b=c']]],
])('%j sets what it says', (words, pairs) => expect(parseVariables(words)).toEqual(pairs))

it.each([[['A']], [['=1']], [['A=1', 'B']], [['A', 'B', 'C']]])('%j is a slip, and said', (words) =>
  expect(() => parseVariables(words)).toThrow('is not NAME=VALUE'),
)
