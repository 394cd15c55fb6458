/** What is printed holds nothing that could move the cursor, change a title or turn words around. */
export { shellWords, visible } from '@roar/core'

/** JSON that is safe to print: JSON.stringify leaves DEL, C1 and bidirectional controls as they are. */
export const printableJson = (value: unknown): string => printable(JSON.stringify(value, null, 2))

export const printable = (json: string): string =>
  json.replace(inJson(), (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Most text is: a look at it takes a tenth of looking for what is not. */
export const isPlainText = (text: string): boolean => plain.test(text)
const plain = /^[\n -~]*$/

/** Line breaks between the fields are the only control characters that stay. Made when it is needed: see core/src/visible.ts. */
const inJson = (): RegExp => /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu
