// Arguments that are no UTF-8 come from the kernel; all others are left as they are.
import { expect, it } from 'vitest'
import { parted, withBytes } from './argument-bytes.ts'

const kernel = (text: string) => () => parted(Buffer.from(text, 'latin1'))

it('the words behind those of Node itself are ours', () =>
  expect(withBytes(['hash', 'b\ufffd.txt'], kernel('node\0--x\0main.js\0hash\0b\xe9.txt\0'))).toEqual([
    'hash',
    'b\\xe9.txt',
  ]))
it('a word that has the sign itself is UTF-8, and stays', () =>
  expect(withBytes(['show', 'a\ufffd'], kernel('node\0main.js\0show\0a\xef\xbf\xbd\0'))).toEqual(['show', 'a\ufffd']))
it('where the kernel does not tell, nothing changes', () =>
  expect(withBytes(['show', 'a\ufffd'], () => [])).toEqual(['show', 'a\ufffd']))
it('an empty word is a word', () => expect(parted(Buffer.from('a\0\0b\0')).map(String)).toEqual(['a', '', 'b']))
