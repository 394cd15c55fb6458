/** The driver's entry in the registry of stores. */
import type { StoreDriver } from '@roar/core'

export function createStore(): StoreDriver {
  return {
    name: 'sqlite',
    open: async (location, { mode = 'write' } = {}) => {
      const { openDatabase } = await import('./sqlite/open-database.ts')
      const { Sql } = await import('./sql.ts')
      const { sqliteStore } = await import('./sqlite-store.ts')
      return sqliteStore(new Sql(location, openDatabase(location, mode)))
    },
  }
}
