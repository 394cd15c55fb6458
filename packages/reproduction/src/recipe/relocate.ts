/** Words and variables that name the old workspace name the new one instead. */
import { join } from 'node:path'
import type { Turned } from './recipe.ts'

export interface Moved {
  /** As it was when recorded, absolute; null: not known, nothing is changed. */
  readonly from: string | null
  readonly to: string
  /** As of `Recipe`. */
  readonly turned?: readonly Turned[]
}

/** A whole path begins at the start of a word or behind one of these, and ends with `/`, before one of these or at the end: a word may be a script of the shell. */
const between = `=:,;|&()<>"'\\s`
const begins = new RegExp(`[${between}]$`)
const ends = new RegExp(`^[/${between}]`)

/** What may be paths in a word. */
export const partsOf = (text: string): readonly string[] => text.split(new RegExp(`[${between}]+`))

/** `/old/data.csv`, `--out=/old/x`, `/old/a:/old/b`, `cat /old/a > /old/b`. */
export function relocated(text: string, { from, to, turned = [] }: Moved): string {
  return turned.reduce((made, one) => renamed(made, one.from, join(to, one.to)), renamed(text, from, to))
}

/** One path and what lies below it. */
export function renamed(text: string, from: string | null, to: string): string {
  if (from === null || from === '/' || !text.includes(from)) return text
  const parts = text.split(from)
  return parts.slice(1).reduce((made, part) => {
    const isWhole = (made === '' || begins.test(made)) && (part === '' || ends.test(part))
    return made + (isWhole ? to : from) + part
  }, parts[0] as string)
}
