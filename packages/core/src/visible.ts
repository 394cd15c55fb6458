/** Makes text from data harmless wherever it is shown: a file name must not move the cursor, change a title or turn words around. */

/** Most texts are plain, and need none of the sets below: merely to read those from ICU's tables takes a start half a millisecond. */
const isPlain = (text: string): boolean => /^[ -~]*$/.test(text)

// C0, DEL, C1 (U+009B alone starts a control sequence in some terminals), line separators, bidirectional controls, and lone surrogates.
const hostile = (): RegExp => /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}\ufeff]/gu

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' }

const escaped = (char: string): string => {
  const code = char.codePointAt(0) as number
  // A byte that is not UTF-8: see word-bytes.ts.
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${hex(code - 0xdc00, 2)}`
  return short[char] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`)
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')

/** One line that a terminal shows as it is: what would move it is spelled (`\n`, `\e`, `\x9b`, `\u202e`). */
export const visible = (text: string): string => (isPlain(text) ? text : text.replace(hostile(), escaped))

/** A command line that could be pasted into a shell. */
export const shellWords = (argv: readonly string[]): string => argv.map(shellWord).join(' ')

function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  const shown = visible(word)
  if (shown === word) return `'${word.replaceAll("'", "'\\''")}'`
  // Only the $'…' form can spell control characters.
  const spelled = word.replace(/[\\']/g, '\\$&').replace(hostile(), escaped)
  return `$'${spelled}'`
}
