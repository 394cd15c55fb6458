/** What the user asked of one run, checked. */
import { type JobKind, RoarError } from '@roar/core'
import { visible } from '../output/escape.ts'

export interface RunOptions {
  readonly kind: JobKind
  readonly words: readonly string[]
  /** Undefined: as configured. */
  readonly tracer: string | undefined
  readonly fallback: boolean | undefined
  readonly allowDirty: boolean
  readonly name: string | null
  readonly algorithms: readonly string[]
  readonly tags: Readonly<Record<string, string>>
  readonly hashInputs: boolean
  /** Directories that are composites, as typed. */
  readonly composites: readonly string[]
  readonly json: boolean
  readonly jsonFile: string | undefined
}

/** `K=V` words; a later one wins. */
export function parseTags(words: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(words.map(parseTag))
}

function parseTag(word: string): readonly [string, string] {
  const at = word.indexOf('=')
  if (at > 0) return [word.slice(0, at), word.slice(at + 1)]
  throw new RoarError('ROAR_USAGE', `not a tag: ${visible(word)}`, {
    cause: 'A tag is a key, an equals sign and a value.',
    remedy: ['roar run --tag stage=train COMMAND'],
    exitCode: 125,
  })
}
