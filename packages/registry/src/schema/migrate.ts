/** Brings a database to this version's schema. Any number of servers may start at once: the first one migrates, the others wait for it. */
import { RoarError } from '@roar/core'
import { type Kysely, sql } from 'kysely'
import { type Engine, firstSchema, fourthSchema, secondSchema, thirdSchema } from './statements.ts'
import type { Tables } from './tables.ts'

/** In order; the database remembers how many it has seen. Never edited once released: a change is a further entry. */
const migrations: readonly ((engine: Engine) => readonly string[])[] = [
  firstSchema,
  secondSchema,
  thirdSchema,
  fourthSchema,
]

/** Any number that nobody else locks on in this database. */
const lockNumber = 4_726_129_003

/** `db`: a connection of its own, already in an immediate transaction where the engine is SQLite. */
export async function migrate(db: Kysely<Tables>, engine: Engine): Promise<void> {
  if (engine === 'postgres') await sql`SELECT pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(db)
  await sql`CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)`.execute(db)
  const { rows } = await sql<{ version: number }>`SELECT version FROM schema_version`.execute(db)
  const version = Number(rows[0]?.version ?? 0)
  if (version > migrations.length) throw newerSchema(version)
  for (const migration of migrations.slice(version))
    for (const statement of migration(engine)) await sql.raw(statement).execute(db)
  if (version === migrations.length) return
  await sql`DELETE FROM schema_version`.execute(db)
  await sql`INSERT INTO schema_version (version) VALUES (${migrations.length})`.execute(db)
}

const newerSchema = (version: number): RoarError =>
  new RoarError(
    'ROAR_REGISTRY_DATABASE',
    `The database has schema ${version}, this server knows ${migrations.length}.`,
    {
      cause: 'A newer roar has migrated it.',
      remedy: ['Start the newer version; a schema is never taken back.'],
    },
  )
