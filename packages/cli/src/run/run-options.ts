/** What the user asked of one run, checked. */
import { type JobKind, RoarError } from '@roar/core'
import { visible } from '../output/escape.ts'
import type { Given } from '../words/options.ts'
import type { recordingOptions } from './recording-options.ts'

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

/** What was typed, as the parser or the reader of plain words has read it. */
export interface TypedOptions extends Given<typeof recordingOptions> {
  readonly kind: JobKind
  readonly words: readonly string[]
  readonly fallback: boolean | undefined
  readonly hashInputs: boolean
  readonly json: boolean
}

export const runOptions = (typed: TypedOptions): RunOptions => ({
  kind: typed.kind,
  words: typed.words,
  tracer: typed.tracer,
  fallback: typed.fallback,
  allowDirty: typed.allowDirty,
  name: nameOf(typed.name),
  algorithms: typed.hash.flatMap((one) => one.split(',')),
  tags: parseTags(typed.tag),
  hashInputs: typed.hashInputs,
  composites: typed.composites,
  json: typed.json,
  jsonFile: typed.jsonFile,
})

function nameOf(typed: string | undefined): string | null {
  if (typed !== '') return typed ?? null
  throw new RoarError('ROAR_USAGE', 'The name of a step is empty.', {
    cause: 'A variable without a value, perhaps.',
    remedy: ['roar run -n train -- COMMAND'],
    exitCode: 125,
  })
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
