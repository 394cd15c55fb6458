import { describe, expect, it } from 'vitest'
import { nameIn, parseExpectation, quotePath } from './expectation.ts'

describe('a case states its trace', () => {
  it('line by line: facts with their process, the job, limits and further directories', () => {
    const stated = parseExpectation(
      '12 R a\n* [W b]\njob in a\njob [int n]\nmost 2 a\nstill 12\nended 12 3\nborn 12 11\nroot m /dev/shm/x\n',
    )
    expect(stated.facts).toEqual([
      { pid: 12, text: 'R a', optional: false },
      { pid: null, text: 'W b', optional: true },
    ])
    expect(stated.job).toEqual([
      { text: 'in a', optional: false },
      { text: 'int n', optional: true },
    ])
    expect(stated.limits).toEqual([{ most: 2, path: 'a' }])
    expect(stated.still).toEqual([12])
    expect(stated.ended).toEqual([{ pid: 12, status: 3 }])
    expect(stated.born).toEqual([{ pid: 12, parent: 11 }])
    expect(stated.roots).toEqual([{ name: 'm', path: '/dev/shm/x' }])
  })
  it('and nothing else', () => {
    expect(() => parseExpectation('reads a\n')).toThrow('not an expectation')
  })
  it('with every byte of a path kept apart from the syntax', () => {
    expect(quotePath('x y\n\xff>[\\')).toBe('x\\x20y\\x0a\\xff\\x3e\\x5b\\x5c')
  })
  it('by names relative to its directories', () => {
    const roots = [
      { name: '', path: '/tmp/s' },
      { name: 'm', path: '/dev/shm/x' },
    ]
    expect(['/tmp/s/d/x', '/dev/shm/x/n', '/tmp/sideways', '/etc/passwd'].map((path) => nameIn(roots, path))).toEqual([
      'd/x',
      'm/n',
      null,
      null,
    ])
  })
})
