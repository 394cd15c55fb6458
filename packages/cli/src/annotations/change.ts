/** Writes notes and marks. */
import { type AnnotationChange, RoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import type { Annotated } from './target.ts'

export async function annotate(
  services: Services,
  { target }: Pick<Annotated, 'target'>,
  changes: readonly AnnotationChange[],
): Promise<void> {
  const store = await services.get('storeWriter')
  await store.annotate(target, changes, Date.now())
}

/** `model.name=resnet`: the value is text, unless it reads as a number, true, false or null; in quotes it is text in any case. */
export function parseLabel(word: string): { readonly name: string; readonly value: unknown } {
  const at = word.indexOf('=')
  if (at <= 0)
    throw usage(`'${visible(word)}' is not KEY=VALUE.`, 'roar label set KEY=VALUE… REF: what they are on comes last')
  return { name: checkedName(word.slice(0, at)), value: typed(word.slice(at + 1)) }
}

const names = /^[\p{L}\p{N}_][\p{L}\p{N}_ /:-]*(\.[\p{L}\p{N}_][\p{L}\p{N}_ /:-]*)*$/u
/** Kept by other commands and by the registry. */
const reserved = /^(tag|attach|system)(\.|$)/

export function checkedName(name: string): string {
  if (reserved.test(name))
    throw usage(`'${visible(name)}' is kept for roar.`, 'roar tag add KIND=VALUE… REF writes marks')
  if (names.test(name) && name.length <= 200) return name
  throw usage(
    `'${visible(name)}' is no name of a label.`,
    'Letters, digits, _ - / : and blanks, in groups by dots; at most 200 characters.',
  )
}

function typed(text: string): unknown {
  if (!/^(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null|".*")$/s.test(text)) return text
  try {
    const value: unknown = JSON.parse(text)
    // A long number would come back as another one.
    return typeof value === 'number' && String(value) !== text && !/[.eE]/.test(text) ? text : value
  } catch {
    return text
  }
}

/** A mark: `license=MIT`. */
export function parseMark(word: string): { readonly name: string; readonly value: string } {
  const [name = '', ...rest] = word.split('=')
  if (rest.length === 0 || rest.join('=') === '')
    throw usage(`'${visible(word)}' is not KIND=VALUE.`, 'roar tag add KIND=VALUE… REF: what they are on comes last')
  return { name: checkedKind(name), value: rest.join('=') }
}

export function checkedKind(name: string): string {
  if (/^[a-z][a-z0-9_-]{0,63}$/.test(name)) return name
  throw usage(
    `'${visible(name)}' is no kind of mark.`,
    "Small letters, digits, '_' and '-', a letter first; at most 64.",
  )
}

/** What governs data everywhere; other kinds are somebody's own. */
export const commonKinds = ['license', 'contains_pii', 'jurisdiction', 'classification', 'special_category'] as const

const usage = (message: string, remedy: string): RoarError =>
  new RoarError('ROAR_USAGE', message, { exitCode: 2, remedy: [remedy] })
