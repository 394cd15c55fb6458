/** A second server over the same database that writes down every statement. */
import type { CompiledQuery, Kysely } from 'kysely'
import type { Database, Writer } from '../src/database/database.ts'
import type { App } from '../src/http/app.ts'
import { buildServer } from '../src/http/server.ts'
import type { Registry } from '../src/registry.ts'
import type { Tables } from '../src/schema/tables.ts'
import type { TestRegistry } from './workbench.ts'

export interface WatchedServer {
  readonly app: App
  readonly registry: Registry
  /** The text of what `work` asks the database for. */
  during(work: () => Promise<unknown>): Promise<readonly string[]>
  queriesDuring(work: () => Promise<unknown>): Promise<readonly CompiledQuery[]>
  /** How many rows each of them gave. */
  rowsDuring(work: () => Promise<unknown>): Promise<readonly number[]>
}

export async function watchedServer({ registry }: TestRegistry): Promise<WatchedServer> {
  const seen: CompiledQuery[] = []
  const rows: number[] = []
  const read = watched(registry.database.read, seen, rows)
  const database = new Proxy(registry.database, {
    get(target, name) {
      if (name === 'read') return read
      if (name === 'write')
        return ((work) => target.write((tx) => work(watched(tx, seen, rows) as Writer))) satisfies Database['write']
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const watchedRegistry = { ...registry, database }
  const queriesDuring = async (work: () => Promise<unknown>) => {
    seen.length = 0
    await work()
    return [...seen]
  }
  return {
    app: await buildServer(watchedRegistry),
    registry: watchedRegistry,
    queriesDuring,
    rowsDuring: async (work) => {
      rows.length = 0
      await work()
      return [...rows]
    },
    during: async (work) => (await queriesDuring(work)).map((query) => query.sql),
  }
}

/** A plugin that does nothing gives a handle with an executor of its own, on which nobody else's statements are seen. */
function watched(db: Kysely<Tables>, seen: CompiledQuery[], rows: number[]): Kysely<Tables> {
  const own = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      rows.push(result.rows.length)
      return result
    },
  })
  const executor = own.getExecutor()
  const compile = executor.compileQuery.bind(executor)
  executor.compileQuery = ((...args: Parameters<typeof compile>) => {
    const query = compile(...args) as CompiledQuery
    seen.push(query)
    return query
  }) as typeof executor.compileQuery
  return own
}
