// The registry on PostgreSQL, and PostgreSQL's floor: the bare questions by pgbench.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { loadPostgres } from './load.mjs'
import { startPostgres } from './own-postgres.mjs'
import { onProcessor, ticksBelow } from './processor-time.mjs'
import { recursion } from './recursion.mjs'

export async function onPostgres(artifacts, measured) {
  const database = await startPostgres()
  if (!database) return console.log('postgres: not installed')
  // Its keys; the rest is in the database.
  const data = mkdtempSync('/tmp/roar-bench-key-')
  const load = async (phase) => {
    const db = new pg.Client({ connectionString: database.url })
    await db.connect()
    await loadPostgres(db, database.psql, artifacts, phase)
    await db.end()
  }
  const place = { data, databaseUrl: database.url }
  const engineTicks = () => ticksBelow(database.pid)
  const engineMs = () => onProcessor(database.pid)
  try {
    await measured({ place, load, floor: () => floor(database, artifacts), engineTicks, engineMs })
  } finally {
    await database.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

const lookUp = `SELECT * FROM bench_keys k JOIN digests d ON d.key = k.key
  JOIN artifacts a ON a.id = d.artifact WHERE k.n = :n`

async function floor(database, artifacts) {
  const { ask } = database
  ask('CREATE TABLE bench_keys AS SELECT row_number() OVER () AS n, key, artifact FROM digests')
  ask('CREATE UNIQUE INDEX ON bench_keys (n)')
  const pick = `\\set n random(1, ${artifacts})`
  const look = pgbench(database, 'look', pick, lookUp)
  const walk = pgbench(database, 'walk', pick, recursion('(SELECT artifact FROM bench_keys WHERE n = :n)'))
  ask('DROP TABLE bench_keys')
  const bytes = Number(ask("SELECT pg_database_size('postgres')"))
  return {
    'bare look-ups a second (pgbench, 8 clients)': Math.round(look.rate),
    'bare recursive query, mean ms (pgbench, 8 clients, random depth)': walk.ms,
    'bytes an artifact with its job, 2 edges and digest': Math.round(bytes / artifacts),
  }
}

function pgbench({ root, run }, name, pick, sql) {
  const file = join(root, `${name}.sql`)
  writeFileSync(file, `${pick}\n${sql.replaceAll('\n', ' ')};\n`)
  chmodSync(file, 0o644)
  const out = run('pgbench', ['-n', '-M', 'prepared', '-T', '3', '-c', '8', '-f', file, 'postgres'])
  return {
    rate: Number(/tps = ([\d.]+)/.exec(out)?.[1]),
    ms: Number(/latency average = ([\d.]+)/.exec(out)?.[1]),
  }
}
