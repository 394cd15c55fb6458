// Fills a new registry's database in bulk: without its indexes, which are made when everything is there. Minutes for a million artifacts, not hours.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { counted } from './phases.mjs'
import { columns, fill } from './rows.mjs'

const tables = Object.keys(columns)
/** Or the server would look for them in every edge and job. */
const namesAreThere =
  "INSERT INTO facts (name, value) VALUES ('names_filled', 'null'), ('words_filled', 'null') ON CONFLICT DO NOTHING"

/** `db`: better-sqlite3, on the file of a registry that has been opened before. */
export async function loadSqlite(db, artifacts, phase) {
  // One transaction in memory: chance keys touch every page at each step, and a journal would hold each of them each time.
  for (const pragma of ['synchronous = OFF', 'cache_size = -4000000', 'cache_spill = OFF']) db.pragma(pragma)
  // Those without words are the keys' own, which stay: rows lie in them.
  const indexes = db
    .prepare("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    .all()
  const ours = indexes.filter((one) => tables.includes(one.tbl_name))
  for (const { name } of ours) db.exec(`DROP INDEX "${name}"`)
  db.exec('BEGIN')
  phase('filling')
  const insertRows = async (table, names, rows) => {
    const insert = db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
    for (const row of rows) insert.run(row)
  }
  await fill(artifacts, insertRows, counted(artifacts, phase))
  db.exec(namesAreThere)
  for (const { name, sql } of ours) {
    phase(`index ${name}`)
    db.exec(sql)
  }
  phase('committing')
  db.exec('COMMIT')
  phase('statistics')
  db.exec('ANALYZE')
}

/** `db`: a client of pg; `psql`: program, words and options by which psql reaches the same database. */
export async function loadPostgres(db, psql, artifacts, phase) {
  const { rows: keys } = await db.query(
    `SELECT conrelid::regclass::text AS name, conname, pg_get_constraintdef(oid) AS words
     FROM pg_constraint WHERE contype = 'p' AND conrelid = ANY ($1::text[]::regclass[])`,
    [tables],
  )
  for (const { name, conname } of keys) await db.query(`ALTER TABLE ${name} DROP CONSTRAINT "${conname}"`)
  const { rows: indexes } = await db.query('SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY ($1)', [
    tables,
  ])
  for (const { indexname } of indexes) await db.query(`DROP INDEX "${indexname}"`)
  const copies = new Map(tables.map((table) => [table, copyInto(psql, table)]))
  phase('filling')
  const copyRows = (table, _, rows) => copies.get(table).write(rows.map(line).join(''))
  await fill(artifacts, copyRows, counted(artifacts, phase))
  for (const one of copies.values()) await one.end()
  await db.query(namesAreThere)
  await db.query("SET maintenance_work_mem = '512MB'")
  for (const { name, conname, words } of keys) {
    phase(`key of ${name}`)
    await db.query(`ALTER TABLE ${name} ADD CONSTRAINT "${conname}" ${words}`)
  }
  for (const { indexname, indexdef } of indexes) {
    phase(`index ${indexname}`)
    await db.query(indexdef)
  }
  phase('statistics')
  await db.query('VACUUM ANALYZE')
}

/** PostgreSQL's own way for many rows. */
function copyInto({ program, words, options }, table) {
  const copy = `COPY ${table} (${columns[table].join(', ')}) FROM STDIN`
  const child = spawn(program, [...words, '-v', 'ON_ERROR_STOP=1', '-qc', copy], {
    ...options,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  return {
    async write(text) {
      if (!child.stdin.write(text)) await once(child.stdin, 'drain')
    },
    async end() {
      child.stdin.end()
      const [code] = await ended
      if (code !== 0) throw new Error(`COPY into ${table} ended with ${code}`)
    },
  }
}

const line = (row) => `${row.map(field).join('\t')}\n`

/** Nothing that is filled in holds a tab, a backslash or a line's end. */
const field = (value) => (Buffer.isBuffer(value) ? `\\\\x${value.toString('hex')}` : value)
