/** Words of a script that a shell reads back as what was recorded. */
import { type BytePath, bytesOfWord, isText, toBuffer, toText } from '@roar/core'

/** Of a command line, as it was recorded. */
export function word(text: string): string {
  if (!isText(text)) return printed(bytesOfWord(text))
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A name that is not UTF-8 cannot stand in a script, which is text: it is made of octal escapes, which every shell's printf knows. */
export function pathWord(path: BytePath): string {
  const text = toText(path)
  return text === null ? printed(toBuffer(path)) : word(text)
}

const printed = (bytes: Buffer): string => `"$(printf '${[...bytes].map(octal).join('')}')"`

const octal = (byte: number): string =>
  /[\w./-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`

/** Nothing that was recorded may end a comment. */
export const oneLine = (text: string): string => text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ')

/** A set of files by a pattern that a shell can be given: only where nothing else of its name means something to it. */
export const isSet = (path: string): boolean => /(^|\/)[\w.-]*\*[\w.*-]*$/.test(path)
