/** The rest of a job's record: coverage, packages, environment. It comes from whoever published it, so every field may be anything. */
import { html, type Value } from '../html/html.ts'
import { facts, longTable, section, table } from '../html/parts.ts'

type Fields = Readonly<Record<string, unknown>>

export function recordSections(record: Fields, all: boolean): Value {
  return [
    coverage(fieldsOf(record.tracer)),
    packages(listOf(record.packages), all),
    environment(fieldsOf(record.environment), all),
  ]
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])
const text = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value)

function coverage(tracer: Fields): Value {
  if (Object.keys(tracer).length === 0) return null
  const seen = fieldsOf(tracer.coverage)
  const gaps = listOf(seen.gaps)
  return section(
    'Coverage',
    html`${facts([
      ['Tracer', `${text(tracer.name)} ${text(tracer.version)}`],
      ['Chosen because', text(tracer.reason) || null],
      ['Seen', seen.complete === true ? 'everything' : 'not everything'],
      ['Events lost', text(tracer.lost) || null],
    ])}
${
  gaps.length > 0 &&
  table(
    'What could not be seen',
    ['Gap', 'Times', 'Detail'],
    gaps.map((gap) => [text(gap.code), text(gap.count), text(gap.detail)]),
  )
}`,
  )
}

function packages(list: readonly Fields[], all: boolean): Value {
  if (list.length === 0) return null
  const rows = list.map((one) => [text(one.ecosystem), text(one.name), text(one.version), modified(one.modified)])
  return section(`Packages (${rows.length})`, longTable('Packages', ['Kind', 'Name', 'Version', 'Changed'], rows, all))
}

const modified = (files: unknown): string =>
  Array.isArray(files) && files.length > 0 ? files.map(text).join(', ') : ''

function environment(found: Fields, all: boolean): Value {
  if (Object.keys(found).length === 0) return null
  const rows = [...Object.entries(fieldsOf(found.facts)), ...Object.entries(fieldsOf(found.variables))]
  return section(
    'Environment',
    html`${facts(['os', 'hardware', 'runtime', 'hostname'].map((name) => [name, text(found[name]) || null] as const))}
${
  rows.length > 0 &&
  longTable(
    'Facts and variables',
    ['Name', 'Value'],
    rows.map(([name, value]) => [name, text(value)]),
    all,
  )
}`,
  )
}
