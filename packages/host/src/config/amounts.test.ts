// Sizes and times as people write them.
import { expect, it } from 'vitest'
import { bytesOf, millisecondsOf } from './amounts.ts'

it('a size has binary or decimal units, or none', () => {
  expect(['0', '1000', '1k', '2K', '4GiB', '1.5 MB', '3T'].map(bytesOf)).toEqual([
    0,
    1000,
    null,
    2048,
    2 ** 32,
    1_500_000,
    3 * 2 ** 40,
  ])
  expect(['', 'B', '-1', '1 2', '1eB', 'constructor', '1constructor'].map(bytesOf)).toEqual(Array(7).fill(null))
})

it('a time has a unit', () => {
  expect(['500ms', '10s', '2m', '0s', '10', '1h', 's'].map(millisecondsOf)).toEqual([
    500,
    10_000,
    120_000,
    0,
    null,
    null,
    null,
  ])
})
