import { describe, expect, it } from 'vitest'
import { relocated } from './relocate.ts'

const moved = { from: '/home/ann/p', to: '/tmp/again/work' }

describe('A word that names the old workspace', () => {
  it.each([
    ['/home/ann/p', '/tmp/again/work'],
    ['/home/ann/p/a.csv', '/tmp/again/work/a.csv'],
    ['--out=/home/ann/p/o', '--out=/tmp/again/work/o'],
    ['/home/ann/p/lib:/usr/lib:/home/ann/p/b', '/tmp/again/work/lib:/usr/lib:/tmp/again/work/b'],
    ['cat /home/ann/p/a >"/home/ann/p/b"', 'cat /tmp/again/work/a >"/tmp/again/work/b"'],
  ])('names the new one: %s', (word, made) => expect(relocated(word, moved)).toBe(made))

  it.each(['/home/ann/project', '/data/home/ann/p/a', 'x/home/ann/p', 'cat ~/home/ann/p', 'a.csv'])(
    'is left alone where it is another path: %s',
    (word) => expect(relocated(word, moved)).toBe(word),
  )

  it('is left alone where the old place is not known', () =>
    expect(relocated('/home/ann/p/a', { from: null, to: '/x' })).toBe('/home/ann/p/a'))
})
