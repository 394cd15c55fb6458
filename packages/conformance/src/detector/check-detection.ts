/** Holds an answer to the contract: one of the known kinds, with exactly its fields. */
import type { Detection } from '@roar/core'

type Test = (value: unknown) => boolean
const text: Test = (value) => typeof value === 'string' && value !== ''
const textOrNull: Test = (value) => value === null || text(value)
const flag: Test = (value) => typeof value === 'boolean'
const absolute: Test = (value) => typeof value === 'string' && value.startsWith('/')

const packageUrl: Test = (value) => typeof value === 'string' && /^pkg:[a-z][a-z0-9.+-]*\/./.test(value)
const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value)

const fields: Readonly<Record<Detection['is'], Readonly<Record<string, Test>>>> = {
  system: {},
  credential: {},
  code: {},
  artifact: {},
  ignored: { why: text },
  package: {
    ...{ ecosystem: text, package: text, version: textOrNull },
    ...{ purl: optional(packageUrl), location: optional(absolute), incidental: optional(flag) },
  },
  composite: { root: absolute, format: text, complete: flag },
}

/** What is wrong with it, or null. */
export function detectionFault(answer: unknown): string | null {
  if (answer === null) return null
  if (typeof answer !== 'object') return `it answered ${String(answer)}: null says "I do not know"`
  const given = answer as Readonly<Record<string, unknown>>
  const wanted = Object.hasOwn(fields, String(given.is)) ? fields[given.is as Detection['is']] : undefined
  if (wanted === undefined) return `'is' is ${JSON.stringify(given.is)}`
  const optional = given.is === 'composite' ? ['is', 'name'] : ['is']
  const extra = Object.keys(given).find((field) => !optional.includes(field) && !(field in wanted))
  if (extra !== undefined) return `${given.is} has no field '${extra}'`
  const wrong = Object.entries(wanted).find(([field, test]) => !test(given[field]))
  return wrong ? `'${wrong[0]}' of ${given.is} is ${JSON.stringify(given[wrong[0]])}` : null
}
