/** Breaks a text between words, so that a terminal need not break it within them. */
import { displayWidth } from './width.ts'

/** Lines behind the first are indented by so many blanks. A word that is wider than a line stays whole. */
export function wrap(text: string, columns: number, indent = 0): readonly string[] {
  if (displayWidth(text) <= columns) return [text]
  const lines: string[] = []
  // What stands in front of the first word, and blanks between columns, are no places to break.
  let line = text.slice(0, indent)
  for (const word of text.slice(indent).split(' ')) {
    const longer = line === '' || line.endsWith(' ') ? line + word : `${line} ${word}`
    const isEmpty = line.trim() === '' && lines.length > 0
    if (displayWidth(longer) <= columns || isEmpty || line === '') line = longer
    else {
      lines.push(line)
      line = ' '.repeat(indent) + word
    }
  }
  return [...lines, line]
}
