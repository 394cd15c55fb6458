/** `NAME=VALUE…`, or one `NAME VALUE`, as typed behind `roar env set`. */
import { RoarError } from '@roar/core'
import { visible } from '../output/escape.ts'

export function parseVariables(words: readonly string[]): readonly (readonly [string, string])[] {
  const [first = '', second] = words
  if (words.length === 2 && second !== undefined && !first.includes('=')) return [[first, second]]
  return words.map((word) => {
    const at = word.indexOf('=')
    if (at > 0) return [word.slice(0, at), word.slice(at + 1)]
    throw new RoarError('ROAR_USAGE', `'${visible(word)}' is not NAME=VALUE.`, {
      remedy: ['roar env set OMP_NUM_THREADS=1', "roar env set TITLE='two words'"],
      exitCode: 2,
    })
  })
}
