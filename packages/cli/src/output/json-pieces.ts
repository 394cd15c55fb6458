/**
 * A document as JSON piece by piece, byte for byte what `JSON.stringify(document, null, 2)` says: the text of a job with a million files is larger than what
 * is known of it. Where `Parts` stand in the place of an array they are asked for when their turn comes, and what is only iterable is a list too.
 */
import { Parts } from './parts.ts'

/** Of a list: so many are made text at once. */
const some = 512

export type Piece = string | PartsToCome

export class PartsToCome {
  readonly parts: Parts<unknown>
  readonly #indent: string
  #any = false

  constructor(parts: Parts<unknown>, indent: string) {
    this.parts = parts
    this.#indent = indent
  }

  text(rows: readonly unknown[]): string {
    if (rows.length === 0) return ''
    const text = (this.#any ? ',\n' : '[\n') + rowsText(rows, this.#indent)
    this.#any = true
    return text
  }

  end(): string {
    return this.#any ? `\n${this.#indent}]` : '[]'
  }
}

export function* jsonPieces(value: unknown, indent = ''): Generator<Piece> {
  if (value instanceof Parts) yield new PartsToCome(value, indent)
  else if (isList(value)) yield* listPieces(value, indent)
  else if (Array.isArray(value) && value.length > 0) yield* entries('[]', value.entries(), indent)
  else if (isPlain(value)) yield* entries('{}', fieldsOf(value), indent)
  else yield JSON.stringify(value, null, 2)
}

/** A short one may hold long ones: it is taken apart. */
const isList = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  (!Array.isArray(value) || value.length > some)

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value)

function* fieldsOf(value: object): Generator<readonly [string, unknown]> {
  for (const [name, field] of Object.entries(value)) if (isJson(field)) yield [name, field]
}

const isJson = (value: unknown): boolean => !['undefined', 'function', 'symbol'].includes(typeof value)

function* entries(
  [open, close]: string,
  all: Iterable<readonly [string | number, unknown]>,
  indent: string,
): Generator<Piece> {
  const inner = `${indent}  `
  let before = `${open}\n${inner}`
  for (const [name, value] of all) {
    yield typeof name === 'string' ? `${before}${JSON.stringify(name)}: ` : before
    if (isJson(value)) yield* jsonPieces(value, inner)
    else yield 'null'
    before = `,\n${inner}`
  }
  yield before.startsWith(',') ? `\n${indent}${close}` : `${open}${close}`
}

function* listPieces(all: Iterable<unknown>, indent: string): Generator<string> {
  const list = new PartsToCome(new Parts(noParts), indent)
  let rows: unknown[] = []
  for (const row of all) {
    rows.push(row)
    if (rows.length < some) continue
    yield list.text(rows)
    rows = []
  }
  yield list.text(rows) + list.end()
}

async function* noParts(): AsyncGenerator<never[]> {}

/** No line break stands inside a string of JSON: each begins a line. */
function rowsText(rows: readonly unknown[], indent: string): string {
  const lines = JSON.stringify(rows, null, 2).slice(2, -2)
  return indent === '' ? lines : indent + lines.replaceAll('\n', `\n${indent}`)
}
