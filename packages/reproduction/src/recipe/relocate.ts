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

/** `/old/data.csv`, `--out=/old/x`, `/old/a:/old/b`: a whole path begins at the start or behind `=`, `:`, `,` and ends with `/` or there. */
export function relocated(text: string, { from, to, turned = [] }: Moved): string {
  return turned.reduce((made, one) => renamed(made, one.from, join(to, one.to)), renamed(text, from, to))
}

/** One path and what lies below it. */
export function renamed(text: string, from: string | null, to: string): string {
  if (from === null || from === '/' || !text.includes(from)) return text
  const parts = text.split(from)
  return parts.slice(1).reduce((made, part) => {
    const begins = made === '' || /[=:,]$/.test(made)
    const ends = part === '' || /^[/:,]/.test(part)
    return made + (begins && ends ? to : from) + part
  }, parts[0] as string)
}
