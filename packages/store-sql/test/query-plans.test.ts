// No question that people ask often reads a whole table: a database of a hundred thousand jobs answers as quickly as a new one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digest, inputEdge, jobOutcome, jobStart, outputEdge, recorded } from '@roar/conformance'
import type { BytePath, LineageStore } from '@roar/core'
import type BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Sql } from '../src/sql.ts'
import { openDatabase } from '../src/sqlite/open-database.ts'
import { sqliteStore } from '../src/sqlite-store.ts'

const directory = mkdtempSync(join(tmpdir(), 'roar-plans-'))
const prepared = new Set<string>()
let database: BetterSqlite3.Database
let store: LineageStore
let ids: { job: number; session: number; artifact: number }

beforeAll(async () => {
  const path = join(directory, 'roar.db')
  database = openDatabase(path, 'write')
  const prepare = database.prepare.bind(database)
  database.prepare = ((text: string) => {
    prepared.add(text)
    return prepare(text)
  }) as typeof database.prepare
  store = sqliteStore(new Sql(path, database))
  await recorded(store, 'make', { outputs: [outputEdge('f', digest('a'), { names: ['g' as BytePath] })] })
  const { row, outcome } = await recorded(store, 'use', { inputs: [inputEdge('f', digest('a'))] })
  ids = { job: row.id, session: row.session, artifact: outcome.inputs[0]?.artifact ?? 0 }
})

afterAll(async () => {
  await store.close()
  rmSync(directory, { recursive: true, force: true })
})

/** The last row of a table: one step from its end. */
const takesLast = /^select [^(]* from "\w+" order by "id" desc limit \?$/

function planOf(text: string): readonly string[] {
  const statement = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
  // SQLite looks at the values: an index on part of a table is used where they lie in it.
  return statement.all(...Array(text.split('?').length - 1).fill(1)).map((row) => row.detail)
}

/** The plans of what `work` prepares for the first time or again. */
async function plansOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  // A new one has prepared nothing yet.
  store = sqliteStore(new Sql('', database))
  prepared.clear()
  await work()
  return [...prepared].filter((text) => !takesLast.test(text)).flatMap(planOf)
}

/** A list that was handed over as a parameter is read from end to end; so is the index that holds the current session alone. */
const readsTable = (detail: string): boolean => /^SCAN /.test(detail) && !boundedScan.test(detail)
const boundedScan = / VIRTUAL TABLE |^SCAN (\d+ |CONSTANT|sessions USING INDEX sessions_current$)/

const hot: Readonly<Record<string, () => Promise<unknown>>> = {
  'currentSession()': () => store.currentSession(),
  'runningJobs()': () => store.runningJobs(),
  'jobs of a session': () => store.jobs({ session: ids.session, limit: 20 }),
  'jobs since a time': () => store.jobs({ since: 1, limit: 20 }),
  'jobs that failed': () => store.jobs({ status: 'failed', limit: 20 }),
  'countJobs of a session': () => store.countJobs({ session: ids.session }),
  'countJobs of a status': () => store.countJobs({ status: 'running' }),
  'jobsByUid()': () => store.jobsByUid('abcd'),
  'the newest of executions()': () => store.executions(ids.session, { kind: 'run', number: 1 }, 1),
  'executions()': () => store.executions(ids.session, { kind: 'run', number: 1 }),
  'job()': () => store.job(ids.job),
  'job() with its first edges': () => store.job(ids.job, 20),
  'jobRecords()': () => store.jobRecords([ids.job, ids.job + 1]),
  'artifactsByDigest()': () => store.artifactsByDigest('aaaaaaaa'),
  'artifactsByDigest() of an algorithm': () => store.artifactsByDigest('aaaaaaaa', 'blake3'),
  'artifactsAtPath()': () => store.artifactsAtPath('f' as BytePath),
  'artifact()': () => store.artifact(ids.artifact),
  'graph()': () => store.graph({ session: ids.session }),
  'graph() without dirty jobs': () => store.graph({ session: ids.session, withoutDirty: true }),
  'graph() of all executions': () => store.graph({ session: ids.session, expanded: true }),
  'beginJob() and abandonJob()': async () => store.abandonJob((await store.beginJob(jobStart(['x']))).uid),
  'finishJob() and popJob()': async () => {
    const { uid, session } = await store.beginJob(jobStart(['x'], { name: 'x' }))
    const edges = { inputs: [inputEdge('f', digest('a'))], outputs: [outputEdge('h', digest('b'))] }
    await store.finishJob(uid, jobOutcome({ ...edges, deleted: ['d' as BytePath] }))
    await store.popJob(session.id)
  },
}

for (const [what, work] of Object.entries(hot))
  it(`${what} finds its rows through indexes`, async () => {
    const plans = await plansOf(work)
    expect(plans.length).toBeGreaterThan(0)
    expect(plans.filter(readsTable)).toEqual([])
  })

it('the newest jobs are read from the end of the table, not sorted', async () => {
  for (const query of [{ limit: 20 }, { limit: 20, kind: 'run' as const }, { limit: 20, dirty: false }]) {
    const plans = await plansOf(() => store.jobs(query))
    expect(plans.filter((detail) => /TEMP B-TREE/.test(detail))).toEqual([])
  }
})

it('all jobs are counted in an index, which is a tenth of the table', async () => {
  expect(await plansOf(() => store.countJobs())).toEqual([expect.stringMatching(/^SCAN jobs USING COVERING INDEX /)])
})

it('whatever refers to a row that can be removed has an index for it', () => {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[]
  const removable = new Set(['sessions', 'steps', 'jobs', 'artifacts', 'edges'])
  const missing: string[] = []
  for (const table of tables) {
    const indexes = (database.pragma(`index_list(${table})`) as { name: string }[]).map(({ name }) =>
      (database.pragma(`index_info(${name})`) as { name: string }[]).map((column) => column.name),
    )
    for (const key of database.pragma(`foreign_key_list(${table})`) as { from: string; table: string; seq: number }[])
      if (removable.has(key.table) && !indexes.some((columns) => columns[key.seq] === key.from))
        missing.push(`${table}.${key.from}`)
  }
  expect(missing).toEqual([])
})
