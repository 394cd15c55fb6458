/** How many columns a text takes in a terminal. */

/** Our own colour sequences: data never holds a control character here. */
const sgr = (): RegExp => /\p{Cc}\[[\d;]*m/gu
const plain = /^[ -~]*$/
/** Made when the first character is met that may be one: what a start does not need it should not read from ICU's tables. */
let zero: RegExp | null = null

// East Asian wide and fullwidth blocks, and pictographs: UAX #11, cut to the ranges that occur in names.
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
]

const columnsOf = (char: string): number => {
  zero ??= /^[\p{Mn}\p{Me}\p{Cf}]$/u
  if (zero.test(char)) return 0
  const code = char.codePointAt(0) as number
  return wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1
}

export function displayWidth(text: string): number {
  const bare = text.includes('\u001b') ? text.replace(sgr(), '') : text
  if (plain.test(bare)) return bare.length
  let width = 0
  for (const char of bare) width += columnsOf(char)
  return width
}

/** Cuts to a width with `…`; text with colours keeps its sequences, so that a cut never leaves a colour on. */
export function fit(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let taken = 0
  let full = false
  const cut = text.replace(/\p{Cc}\[[\d;]*m|./gsu, (piece) => {
    if (piece.length > 1 && piece.startsWith('\u001b')) return piece
    if (full) return ''
    taken += columnsOf(piece)
    if (taken < width) return piece
    full = true
    return '…'
  })
  return width < 1 ? '' : cut
}

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)))
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - displayWidth(text))) + text
