/** Words of a script that a shell reads back as what was recorded. */
import { type BytePath, toBuffer, toText } from '@roar/core'

export const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** A name that is not UTF-8 cannot stand in a script, which is text: it is made of octal escapes, which every shell's printf knows. */
export function pathWord(path: BytePath): string {
  const text = toText(path)
  return text === null ? `"$(printf '${[...toBuffer(path)].map(octal).join('')}')"` : word(text)
}

const octal = (byte: number): string =>
  /[\w./-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`
