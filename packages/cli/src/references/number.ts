/** A whole number given as an option's value. */
import { RoarError } from '@roar/core'
import { visible } from '../output/escape.ts'

export function wholeNumber(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new RoarError('ROAR_USAGE', `${option} takes a whole number, not '${visible(text)}'.`, { exitCode: 2 })
}
