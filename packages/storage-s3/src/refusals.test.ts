// What a store refuses, in roar's words, with the way out.
import type { RoarError } from '@roar/core'
import { expect, it } from 'vitest'
import { refusal } from './refusals.ts'

const said = (name: string, httpStatusCode: number): RoarError =>
  refusal('s3://b/k', Object.assign(new Error(name), { name, $metadata: { httpStatusCode } })) as RoarError

it('credentials that end in the middle are told as such: some stores call them a bad request', () => {
  const error = said('ExpiredToken', 400)
  expect(error.code).toBe('ROAR_STORAGE_DENIED')
  expect(error.remedy[0]).toBe('Sign in anew; the same command then goes on.')
})

it('of a clock that is wrong the way out is the clock', () => {
  expect(said('RequestTimeTooSkewed', 403).remedy[0]).toBe('Set the clock of this machine.')
})

it('another bad request is no matter of credentials', () => {
  expect(said('InvalidRequest', 400).code).toBe('ROAR_STORAGE_FAILED')
})
