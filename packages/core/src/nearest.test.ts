/** What is suggested for a misspelt word. */
import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from './nearest.ts'

describe('the nearest known word', () => {
  it('is found over a swapped, a missing and a wrong letter', () => {
    expect(nearest('sohw', ['show', 'status', 'dag'])).toEqual(['show'])
    expect(nearest('statu', ['show', 'status', 'dag'])).toEqual(['status'])
    expect(nearest('dog', ['show', 'status', 'dag'])).toEqual(['dag'])
  })

  it('is found from a beginning, however long the rest', () => {
    expect(nearest('comp', ['completion', 'config'])).toEqual(['completion'])
  })

  it('is nothing when nothing is near', () => {
    expect(nearest('banana', ['show', 'status', 'dag'])).toEqual([])
  })

  it('counts a swap of neighbours as one slip', () => {
    expect(editDistance('ab', 'ba')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
  })
})
