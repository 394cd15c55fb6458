/**
 * Words of a command line are bytes, and nearly always UTF-8. A byte that is not stands in the text as a lone surrogate, U+DC80 to U+DCFF (as in Python,
 * PEP 383): JSON holds it as an escape, and the exact bytes come back from it.
 */

/** Of any bytes, a word. */
export function wordOfBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1')
  return text.replace(characters, (one) =>
    one.length === 1 ? String.fromCharCode(0xdc00 + one.charCodeAt(0)) : Buffer.from(one, 'latin1').toString('utf8'),
  )
}

/** Of a word, exactly the bytes that it was made of. */
export const bytesOfWord = (word: string): Buffer =>
  Buffer.concat(
    word.split(strayInText).map((part, i) => (i % 2 === 0 ? Buffer.from(part) : Buffer.of(part.charCodeAt(0) & 0xff))),
  )

/** Whether it is UTF-8: what Node can hand to a program. */
export const isText = (word: string): boolean => !stray.test(word)

/** For people, and wherever text has to be UTF-8: the byte as `\xNN`, which a shell's `$'…'` reads back. */
export const spelledBytes = (word: string): string =>
  word.replace(strayInText, (one) => `\\x${(one.charCodeAt(0) & 0xff).toString(16)}`)

/** One of UTF-8 that is longer than a byte, else a byte that belongs to none. */
const characters =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g

// With `u` only those are found that are no half of a character.
const stray = /[\udc80-\udcff]/u
const strayInText = /([\udc80-\udcff])/gu
