import { expect, it } from 'vitest'
import { unglue } from './unglue.ts'

const parted = (line: string) => unglue(line.split(' '), new Set(['-n', '-C'])).join(' ')

it('a value that stands at its option is a word of its own', () =>
  expect(parted('-n5 -C/tmp x')).toBe('-n 5 -C /tmp x'))
it('flags together are no value, and long options stay', () =>
  expect(parted('-vv -qv --name=x')).toBe('-vv -qv --name=x'))
it('what has its own way to be written stays', () => expect(parted('-n=5 -n 5 -')).toBe('-n=5 -n 5 -'))
it('words of somebody else stay', () => expect(parted('-n5 -- head -n5')).toBe('-n 5 -- head -n5'))
