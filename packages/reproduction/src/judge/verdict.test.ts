import { expect, it } from 'vitest'
import { holds, worst } from './verdict.ts'

it('The whole is as good as its worst output', () => {
  expect(worst(['identical', 'tolerance', 'content'])).toBe('tolerance')
  expect(worst(['identical', 'missing', 'different'])).toBe('missing')
})

it('No output at all is no result', () => expect(worst([])).toBe('missing'))

it('A better verdict than asked for holds, a worse one does not', () => {
  expect(holds('identical', 'tolerance')).toBe(true)
  expect(holds('content', 'identical')).toBe(false)
  expect(holds('different', 'tolerance')).toBe(false)
})
