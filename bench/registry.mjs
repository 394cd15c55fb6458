// The registry at size: look-ups, batch upserts, lineage of depth 50, on SQLite and on a PostgreSQL of its own, beside the bare query.
// `node bench/registry.mjs [--quick] [sqlite] [postgres]`: 1,000,000 artifacts, or 20,000; ROWS=… for another number. The database is filled in bulk
// (minutes for a million) and then added to by the API. Needs the bundles (npm run build or node scripts/setup.mjs).
import { measure } from './registry/measure.mjs'
import { onPostgres } from './registry/on-postgres.mjs'
import { onSqlite } from './registry/on-sqlite.mjs'

const words = process.argv.slice(2)
const artifacts = Number(process.env.ROWS ?? (words.includes('--quick') ? 20_000 : 1_000_000))
const named = words.filter((word) => !word.startsWith('-'))
const engines = { sqlite: onSqlite, postgres: onPostgres }

for (const name of named.length > 0 ? named : Object.keys(engines))
  await engines[name](artifacts, async (engine) => {
    const report = await measure(name, artifacts, engine)
    console.log(JSON.stringify(report, null, 2))
  })
