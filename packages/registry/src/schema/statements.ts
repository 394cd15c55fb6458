/** The statements that make the tables, in the words of either engine. */
import { type ColumnType, type TableName, type TableShape, tables } from './tables.ts'

export type Engine = 'sqlite' | 'postgres'

const words: Readonly<Record<Engine, Readonly<Record<string, string>>>> = {
  sqlite: { bytes: 'BLOB', text: 'TEXT', int: 'INTEGER', real: 'REAL' },
  postgres: { bytes: 'bytea', text: 'text', int: 'bigint', real: 'double precision' },
}

/** The engine's word for a column, without its nullness. */
export const engineType = (engine: Engine, type: ColumnType): string => words[engine][type.replace('?', '')] as string

const list = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ')

function createTable(engine: Engine, name: TableName): string[] {
  const shape: TableShape = tables[name]
  const columns = Object.entries(shape.columns).map(
    ([column, type]) => `"${column}" ${engineType(engine, type)}${type.endsWith('?') ? '' : ' NOT NULL'}`,
  )
  // In SQLite the rows lie in the key's own tree: one tree a table less, and look-ups by key need no second step.
  const tail = engine === 'sqlite' ? ' WITHOUT ROWID' : ''
  return [
    `CREATE TABLE "${name}" (${columns.join(', ')}, PRIMARY KEY (${list(shape.key)}))${tail}`,
    ...(shape.unique ?? []).map(
      (one) => `CREATE UNIQUE INDEX "${name}_by_${one.join('_')}" ON "${name}" (${list(one)})`,
    ),
    ...(shape.indexes ?? []).map((one) => createIndex(name, one)),
  ]
}

const createIndex = (name: TableName, columns: readonly string[]): string =>
  `CREATE INDEX "${name}_by_${columns.join('_')}" ON "${name}" (${list(columns)})`

const tablesSince = (engine: Engine, version: number): readonly string[] =>
  (Object.keys(tables) as TableName[])
    .filter((name) => ((tables[name] as TableShape).since ?? 1) === version)
    .flatMap((name) => createTable(engine, name))

export const firstSchema = (engine: Engine): readonly string[] => tablesSince(engine, 1)

/** Words of commands. */
export const thirdSchema = (engine: Engine): readonly string[] => tablesSince(engine, 3)

/** Digests of members. */
export const fourthSchema = (engine: Engine): readonly string[] => tablesSince(engine, 4)

/** Names; and what is swept away by its time is found by it. */
export const secondSchema = (engine: Engine): readonly string[] => [
  ...tablesSince(engine, 2),
  createIndex('tokens', ['expires_at']),
  createIndex('device_codes', ['expires_at']),
]
