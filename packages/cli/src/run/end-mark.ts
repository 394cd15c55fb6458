/** A file whose time says when the command of a run had ended that could not be recorded at once: the launcher makes it where the recorder died. */
import { lstatSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const endMark = (runDirectory: string): string => join(runDirectory, 'ended')

export function markEnd(runDirectory: string): void {
  try {
    writeFileSync(endMark(runDirectory), '', { flag: 'wx', mode: 0o600 })
  } catch {
    // Without it the next run believes less.
  }
}

/** Nanoseconds since the epoch. */
export function endOf(runDirectory: string | null): bigint | null {
  if (runDirectory === null) return null
  return lstatSync(endMark(runDirectory), { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? null
}
