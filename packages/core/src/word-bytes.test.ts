import { expect, it } from 'vitest'
import { shellWords } from './visible.ts'
import { bytesOfWord, isText, spelledBytes, wordOfBytes } from './word-bytes.ts'

it.each([
  'plain',
  'gr\xc3\xbc\xc3\x9fe',
  '\xf0\x9f\x98\x80\xe9',
  'b\xe9.txt',
  '\xed\xb3\xa9',
  '\xff\xfe\x80',
  '\xef\xbf\xbd',
  '\xe2\x82',
])('the bytes %j come back, also through JSON', (latin1) => {
  const bytes = Buffer.from(latin1, 'latin1')
  const word = wordOfBytes(bytes)
  expect(bytesOfWord(JSON.parse(JSON.stringify(word)))).toEqual(bytes)
  expect(isText(word)).toBe(Buffer.from(bytes.toString('utf8')).equals(bytes))
})

it('what is UTF-8 is its text', () => {
  expect(wordOfBytes(Buffer.from('Grüße 😀 \ufffd'))).toBe('Grüße 😀 \ufffd')
})

it('people see the byte, and can paste it into a shell', () => {
  const word = wordOfBytes(Buffer.from("b\xe9'.txt", 'latin1'))
  expect(spelledBytes(word)).toBe("b\\xe9'.txt")
  expect(shellWords(['cat', word])).toBe("cat $'b\\xe9\\'.txt'")
})
