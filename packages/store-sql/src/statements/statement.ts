/** A query as it is kept: its text, and what is bound in which place. */
import type { CompiledQuery } from 'kysely'
import type { queries } from '../queries/index.ts'

/** `[name]`: what is given under that name. Everything else stands as it is. */
export type Bound = readonly [name: string] | string | number | null

export interface Statement {
  readonly sql: string
  readonly bound: readonly Bound[]
}

type Queries = typeof queries
export type Name = keyof Queries

/** What the query called `N` has to be given; nothing for some. */
export type Given<N extends Name> = Parameters<Queries[N]> extends [unknown, infer G] ? [given: G] : []

/** A row of what it finds. */
export type Row<N extends Name> = ReturnType<Queries[N]> extends { compile(): CompiledQuery<infer O> } ? O : never

/** Lists are bound as one parameter (queries/values.ts). */
export const valuesOf = ({ bound }: Statement, given: object = {}): readonly unknown[] =>
  bound.map((one) => (Array.isArray(one) ? parameter((given as Record<string, unknown>)[one[0]]) : one))

const parameter = (value: unknown): unknown => (Array.isArray(value) ? JSON.stringify(value) : value)
