/** A database that goes away in the middle of a request, as at its restart. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { onEveryEngine } from './workbench.ts'

onEveryEngine('A connection to the database that ends while it is at work', (place) => {
  it('fails what it was at, and nothing else', async (context) => {
    const { registry, nobody } = await place.registry()
    const { database } = registry
    if (database.engine !== 'postgres') return context.skip('SQLite has no connections')
    const cut = database.write(async (tx) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(tx)
      await sql`SELECT pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(database.read)
      await sleep(300)
      await sql`SELECT 1`.execute(tx)
    })
    await expect(cut).rejects.toThrow()
    await nobody.publish({ job: [['a'], ['b']] })
    expect((await nobody.get('/readyz')).status).toBeLessThan(500)
  })
})
