// How often a request is tried.
import { expect, it } from 'vitest'
import { pause } from './patience.ts'

const failed = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

it('where nobody ever answered, a refused connection is tried once more and no longer', () =>
  expect(pause.attemptsFor(failed('ECONNREFUSED'), false)).toBe(2))
it('a registry that is being restarted meanwhile is waited for', () =>
  expect(pause.attemptsFor(failed('ECONNREFUSED'), true)).toBe(pause.attempts))
it('a connection that broke off is tried as often as any', () =>
  expect(pause.attemptsFor(failed('ECONNRESET'), false)).toBe(pause.attempts))
