import { expect, it } from 'vitest'
import { broken } from './request.ts'

const why = (inner: unknown): string => broken('http://u:p@h/x?q', new TypeError('fetch failed', { cause: inner })).why

it('a connection that fails is told by its code, or in the words that there are', () => {
  expect(why(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe(
    'The connection failed: ECONNREFUSED.',
  )
  expect(why(new Error('bad port'))).toBe('The connection failed: bad port.')
})
