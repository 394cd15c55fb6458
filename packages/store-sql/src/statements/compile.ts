/** Has Kysely write all queries down. Used when roar is built, never at run time. */
import { createBuilder } from '../queries/builder.ts'
import { queries } from '../queries/index.ts'
import type { Bound, Statement } from './statement.ts'

/** Stands in a query for what will be given. */
class Place {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

const places = new Proxy({}, { get: (_, name) => new Place(String(name)) })

export function compileAll(): Readonly<Record<string, Statement>> {
  const build = createBuilder()
  const compiled = Object.entries(queries).map(([name, query]): [string, Statement] => {
    const { sql, parameters } = query(build, places as never).compile()
    return [name, { sql, bound: parameters.map(boundAs) }]
  })
  return Object.fromEntries(compiled.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const boundAs = (value: unknown): Bound => (value instanceof Place ? [value.name] : (value as Bound))
