// The registry on SQLite, in a directory of its own, and SQLite's floor: prepared questions in this process, no server.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { timed } from './figures.mjs'
import { loadSqlite } from './load.mjs'
import { last, some } from './questions.mjs'
import { recursion } from './recursion.mjs'
import { depth, digest } from './rows.mjs'

export async function onSqlite(artifacts, measured) {
  const data = mkdtempSync('/tmp/roar-bench-')
  const file = join(data, 'registry.db')
  const load = async (phase) => {
    const db = new Sqlite(file)
    await loadSqlite(db, artifacts, phase)
    db.close()
  }
  try {
    await measured({ place: { data }, load, floor: () => floor(file, artifacts) })
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function floor(file, artifacts) {
  const db = new Sqlite(file, { readonly: true })
  const chains = Math.ceil(artifacts / depth)
  const walk = db.prepare(recursion('?'))
  const walked = await timed(60, async (i) => walk.all(artifactOf(db, last(i, chains))))
  const report = {
    'bare look-ups a second (prepared, no server)': lookUps(db, chains),
    'bare recursive query, p50 ms': Number(walked.p50.toFixed(2)),
    'bytes an artifact with its job, 2 edges and digest': Math.round(statSync(file).size / artifacts),
  }
  db.close()
  return report
}

function lookUps(db, chains) {
  const one = db.prepare('SELECT * FROM digests d JOIN artifacts a ON a.id = d.artifact WHERE d.key = ?')
  const start = performance.now()
  for (let i = 0; i < 20_000; i++) one.all(keyOf(digest(some(i, chains))))
  return Math.round(20_000 / ((performance.now() - start) / 1000))
}

const keyOf = (hex) => Buffer.from(hex, 'hex').subarray(0, 16)

const artifactOf = (db, hex) => db.prepare('SELECT artifact FROM digests WHERE key = ?').get(keyOf(hex)).artifact
