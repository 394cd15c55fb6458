import { describe, expect, it } from 'vitest'
import { isLike, Likenesses } from './likeness.ts'

describe('a name that is made up by chance', () => {
  it('is stated by its shape', () => {
    expect(isLike('~C sed??????', 'C sedAb12_x')).toBe(true)
    expect(isLike('~M .n.??????>n', 'M .n.a1B2c3>n')).toBe(true)
    expect(isLike('~C d/*.o', 'C d/.o')).toBe(true)
  })
  it('does not stand for another one', () => {
    expect(isLike('~C sed??????', 'W sedAb12_x')).toBe(false)
    expect(isLike('~C sed??????', 'C sedAb12_')).toBe(false)
    expect(isLike('~C .n.??????', 'C xn.a1B2c3')).toBe(false)
    expect(isLike('~M *>a', 'M d/x>a')).toBe(false)
  })
  it('is none where the case does not say so', () => {
    expect(isLike('C a?', 'C a?')).toBe(true)
    expect(isLike('C a?', 'C ab')).toBe(false)
  })
})

describe('what is looked up by its like', () => {
  it('is found by equality and by shape, from either side', () => {
    const stated = new Likenesses([{ text: 'C a' }, { text: '~C s??' }, { text: 'C sab' }])
    expect(stated.statedFor('C a')).toEqual([{ text: 'C a' }])
    expect(stated.statedFor('C sab')).toEqual([{ text: 'C sab' }, { text: '~C s??' }])
    expect(stated.statedFor('C b')).toEqual([])
    const reported = new Likenesses([{ text: 'C sab' }, { text: 'C scd' }, { text: 'C a' }])
    expect(reported.reportedAs('~C s??')).toEqual([{ text: 'C sab' }, { text: 'C scd' }])
    expect(reported.reportedAs('C a')).toEqual([{ text: 'C a' }])
    expect(reported.reportedAs('C b')).toEqual([])
  })
})
