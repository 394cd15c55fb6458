/** A point in time given as an option's value: a date, an ISO time, or how long ago. */
import { RoarError } from '@roar/core'
import { visible } from '../output/escape.ts'

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const age = /^(\d+(?:\.\d+)?)\s*([smhdw])/
const day = /^\d{4}-\d{2}-\d{2}$/

/** Milliseconds since the epoch. A date alone is midnight where the user is. */
export function moment(text: string, now = Date.now()): number {
  const match = age.exec(text)
  if (match && !day.test(text) && !text.includes('T'))
    return now - Number(match[1]) * (unitMs[match[2] as string] as number)
  const parsed = Date.parse(day.test(text) ? `${text}T00:00:00` : text)
  if (!Number.isNaN(parsed)) return parsed
  throw new RoarError('ROAR_USAGE', `'${visible(text)}' is no time.`, {
    exitCode: 2,
    remedy: ['Write 2026-01-31, 2026-01-31T12:00:00Z, or an age as 90m, 12h, 3d, 2w.'],
  })
}
