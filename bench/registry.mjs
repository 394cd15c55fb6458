// The registry at size: look-ups, batch upserts, lineage of depth 50, on SQLite and on a PostgreSQL of its own, beside the bare query.
// `node bench/registry.mjs [--quick] [sqlite] [postgres]`: 1,000,000 artifacts, or 20,000; ROWS=… for another number. The database is filled in bulk
// (minutes for a million) and then added to by the API. Needs the bundles (npm run build or node scripts/setup.mjs).
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openRegistry, serve } from '../packages/registry/dist/index.js'
import { Client, register, wideLineage } from './registry-asking.mjs'
import { loadPostgres, loadSqlite, phases } from './registry-load.mjs'
import { depth, digest, pipeline } from './registry-rows.mjs'

const words = process.argv.slice(2)
const artifacts = Number(process.env.ROWS ?? (words.includes('--quick') ? 20_000 : 1_000_000))
const port = 54_391
const named = words.filter((word) => !word.startsWith('-'))
const engines = named.length > 0 ? named : ['sqlite', 'postgres']
const chains = Math.ceil(artifacts / depth)
/** Registered by the API, behind those that are there. */
const further = Math.min(100, chains)

async function registerFurther(client) {
  const pipelines = Array.from({ length: further }, (_, i) => pipeline(chains + i))
  const start = performance.now()
  await register(client, pipelines)
  return (further * depth) / ((performance.now() - start) / 1000)
}

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]

async function timed(count, ask) {
  const times = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    await ask(i)
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return { p50: at(times, 0.5), p99: at(times, 0.99) }
}

/** Requests a second with so many at once. */
async function rate(seconds, clients, ask) {
  const end = performance.now() + seconds * 1000
  let count = 0
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let i = client; performance.now() < end; i += clients) {
        await ask(i)
        count++
      }
    }),
  )
  return count / seconds
}

const some = (i) => `${(i * 7919) % chains} ${(i * 31) % depth}`

/** Processor time of server and client together, in milliseconds for each of `count`; the database's own where it is another process. */
async function costs(count, engineTicks, work) {
  const [before, ticks] = [process.cpuUsage(), engineTicks()]
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  const number = typeof count === 'function' ? count(result) : count
  const cpu = {
    'server and client': round((user + system) / 1000 / number),
    engine: round(((engineTicks() - ticks) * 10) / number),
  }
  return [result, cpu]
}

const round = (value) => Number(value.toFixed(2))

async function measure(name, place, { load, floor, engineTicks = () => 0, engineMs = () => () => 0 }) {
  const phase = phases(name)
  const start = performance.now()
  await (await openRegistry(place)).close()
  await load(phase)
  const filled = (performance.now() - start) / 1000
  const server = await serve({
    ...place,
    host: '127.0.0.1',
    port: 0,
    version: 'bench',
    limits: { requestsPerMinute: 0 },
  })
  try {
    const client = new Client(server.url)
    phase('registering')
    const added = further * depth
    const [first, firstCpu] = await costs(added, engineTicks, () => registerFurther(client))
    const again = await registerFurther(client)
    phase('looking up')
    // The first requests compile what all others run.
    await rate(2, 4, (i) => client.ask(`/artifacts/${digest(some(i))}`))
    const [find, findCpu] = await costs(
      (found) => found * 3,
      engineTicks,
      () => rate(3, 16, (i) => client.ask(`/artifacts/${digest(some(i))}`)),
    )
    phase('batches')
    const digests = (i) => Array.from({ length: 1000 }, (_, j) => digest(some(i * 1000 + j)))
    const [many, manyCpu] = await costs(
      (found) => found * 3,
      engineTicks,
      () => rate(3, 2, (i) => client.ask('/artifacts/find', { digests: digests(i) })),
    )
    phase('lineages')
    const last = (i) => digest(`${(i * 7919) % chains} ${depth - 1}`)
    const lineage = (i) => client.ask(`/artifacts/${last(i)}/lineage?depth=${depth + 1}`)
    await timed(20, (i) => lineage(i + 5000))
    const processor = []
    const engineNow = engineMs()
    const measured = async (i) => {
      const [own, engine] = [process.cpuUsage(), engineNow()]
      await lineage(i)
      const { user, system } = process.cpuUsage(own)
      processor.push((user + system) / 1000 + engineNow() - engine)
    }
    const [walk, walkCpu] = await costs(200, engineTicks, () => timed(200, measured))
    processor.sort((a, b) => a - b)
    phase('pages of a search')
    phase('a wide lineage')
    const wide = wideLineage()
    await register(client, [wide.steps])
    const wideAsked = () => client.ask(`/artifacts/${digest(wide.root)}/lineage?depth=${depth + 2}&limit=10000`)
    const wideNodes = (await wideAsked()).nodes.length
    const [wideWalk, wideCpu] = await costs(60, engineTicks, () => timed(60, wideAsked))
    const page = (words) => fetch(`${server.url}/search?q=${words}`).then((answer) => answer.text())
    const names = await timed(60, (i) => page(`${(i * 7919) % chains}%20${i % depth}`))
    const commands = await timed(60, (i) => client.ask(`/jobs?command=step+${i}+${(i * 7919) % chains}`))
    const nothing = await timed(60, (i) => page(`nowhere${i}`))
    phase('the bare questions')
    const bare = await floor()
    phase(null)
    const report = {
      engine: name,
      artifacts,
      'filled in bulk, seconds': Math.round(filled),
      'registered, artifacts a second (job, 2 links each)': Math.round(first),
      'registered again, artifacts a second': Math.round(again),
      'look-ups a second, one by one': Math.round(find),
      'look-ups a second, in batches of 1,000': Math.round(many * 1000),
      [`lineage of depth ${depth}, p50 ms`]: Number(walk.p50.toFixed(1)),
      [`lineage of depth ${depth}, p99 ms`]: Number(walk.p99.toFixed(1)),
      'the same in processor ms of all, p50': round(at(processor, 0.5)),
      'the same in processor ms of all, p99': round(at(processor, 0.99)),
      [`lineage of ${wideNodes} nodes, p50 ms`]: round(wideWalk.p50),
      [`lineage of ${wideNodes} nodes, p99 ms`]: round(wideWalk.p99),
      [`processor ms a lineage of ${wideNodes} nodes`]: wideCpu,
      'jobs by three words, p50 ms': round(commands.p50),
      'jobs by three words, p99 ms': round(commands.p99),
      'page of a search for nothing, p50 ms': round(nothing.p50),
      'page of a search for nothing, p99 ms': round(nothing.p99),
      'page of a search by name, p50 ms': round(names.p50),
      'page of a search by name, p99 ms': round(names.p99),
      'processor ms an artifact registered': firstCpu,
      'processor ms a look-up': findCpu,
      'processor ms a batch of 1,000': manyCpu,
      'processor ms a lineage': walkCpu,
      'load average, one minute': round(loadavg()[0]),
      ...bare,
    }
    console.log(JSON.stringify(report, null, 2))
    return report
  } finally {
    await server.close()
  }
}

// ── SQLite ─────────────────────────────────────────────────────────────────────────────────────────────────────────

async function onSqlite() {
  const data = mkdtempSync('/tmp/roar-bench-')
  try {
    const { default: Sqlite } = await import('better-sqlite3')
    const load = async (phase) => {
      const db = new Sqlite(join(data, 'registry.db'))
      await loadSqlite(db, artifacts, phase)
      db.close()
    }
    const floor = async () => {
      const db = new Sqlite(join(data, 'registry.db'), { readonly: true })
      const one = db.prepare('SELECT * FROM digests d JOIN artifacts a ON a.id = d.artifact WHERE d.key = ?')
      const start = performance.now()
      for (let i = 0; i < 20_000; i++) one.all(Buffer.from(digest(some(i)), 'hex').subarray(0, 16))
      const bare = 20_000 / ((performance.now() - start) / 1000)
      const walk = db.prepare(sqliteWalk)
      const walked = await timed(60, async (i) => walk.all(rootId(db, i)))
      db.close()
      return {
        'bare look-ups a second (prepared, no server)': Math.round(bare),
        'bare recursive query, p50 ms': Number(walked.p50.toFixed(2)),
        'bytes an artifact with its job, 2 edges and digest': Math.round(
          statSync(join(data, 'registry.db')).size / artifacts,
        ),
      }
    }
    return await measure('sqlite', { data }, { load, floor })
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

const rootId = (db, i) =>
  db
    .prepare('SELECT artifact FROM digests WHERE key = ?')
    .get(Buffer.from(digest(`${(i * 7919) % chains} ${depth - 1}`), 'hex').subarray(0, 16)).artifact

const recursion = (parameter) => `WITH RECURSIVE up(artifact, depth) AS (
  SELECT ${parameter}, 0 UNION
  SELECT i.artifact, up.depth + 1 FROM up JOIN edges o ON o.artifact = up.artifact AND o.role = 1
  JOIN edges i ON i.job = o.job AND i.role = 0 WHERE up.depth < ${depth + 1})
SELECT a.*, up.depth FROM up JOIN artifacts a ON a.id = up.artifact`
const sqliteWalk = recursion('?')

// ── PostgreSQL ─────────────────────────────────────────────────────────────────────────────────────────────────────

function postgresPrograms() {
  const at = '/usr/lib/postgresql'
  const version = existsSync(at) ? readdirSync(at).sort((a, b) => b - a)[0] : null
  return version ? join(at, version, 'bin') : null
}

async function onPostgres() {
  const programs = postgresPrograms()
  if (!programs) return console.log('postgres: not installed')
  const root = mkdtempSync('/tmp/roar-bench-pg-')
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const user = process.getuid() === 0 ? { uid: id('-u'), gid: id('-g') } : {}
  if (user.uid) chownSync(root, user.uid, user.gid)
  chmodSync(root, 0o755)
  const run = { ...user, cwd: root, env: { PATH: process.env.PATH, LC_ALL: 'C' } }
  const pg = join(root, 'data')
  execFileSync(join(programs, 'initdb'), ['-D', pg, '-U', 'roar', '-A', 'trust', '-E', 'UTF8'], {
    ...run,
    stdio: 'ignore',
  })
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', pg, '-p', String(port), '-h', '127.0.0.1', '-k', root, '-c', 'shared_buffers=1GB', '-c', 'max_wal_size=4GB'],
    { ...run, stdio: 'ignore' },
  )
  try {
    const client = ['-h', '127.0.0.1', '-p', String(port), '-U', 'roar']
    const ask = (sql) =>
      execFileSync(join(programs, 'psql'), [...client, '-At', '-c', sql, 'postgres'], {
        ...run,
        encoding: 'utf8',
      }).trim()
    for (let tries = 0; tries < 100; tries++) {
      try {
        ask('SELECT 1')
        break
      } catch {
        await sleep(100)
      }
    }
    const url = `postgresql://roar@127.0.0.1:${port}/postgres`
    const data = join('/tmp', `roar-bench-key-${process.pid}`)
    const load = async (phase) => {
      const { default: pg } = await import('pg')
      const db = new pg.Client({ connectionString: url })
      await db.connect()
      await loadPostgres(
        db,
        { program: join(programs, 'psql'), words: [...client, 'postgres'], options: run },
        artifacts,
        phase,
      )
      await db.end()
    }
    const floor = async () => {
      const bench = (name, sql) => {
        const file = join(root, `${name}.sql`)
        writeFileSync(file, sql)
        chmodSync(file, 0o644)
        const words = [...client, '-n', '-M', 'prepared', '-T', '3', '-c', '8', '-f', file, 'postgres']
        const out = execFileSync(join(programs, 'pgbench'), words, { ...run, encoding: 'utf8' })
        return {
          rate: Number(/tps = ([\d.]+)/.exec(out)?.[1]),
          ms: Number(/latency average = ([\d.]+)/.exec(out)?.[1]),
        }
      }
      ask('CREATE TABLE bench_keys AS SELECT row_number() OVER () AS n, key, artifact FROM digests')
      ask('CREATE UNIQUE INDEX ON bench_keys (n)')
      const pick = `\\set n random(1, ${artifacts})\n`
      const look = bench(
        'look',
        `${pick}SELECT * FROM bench_keys k JOIN digests d ON d.key = k.key JOIN artifacts a ON a.id = d.artifact WHERE k.n = :n;\n`,
      )
      const walk = bench(
        'walk',
        `${pick}${recursion('(SELECT artifact FROM bench_keys WHERE n = :n)').replaceAll('\n', ' ')};\n`,
      )
      ask('DROP TABLE bench_keys')
      rmSync(data, { recursive: true, force: true })
      return {
        'bare look-ups a second (pgbench, 8 clients)': Math.round(look.rate),
        'bare recursive query, mean ms (pgbench, 8 clients, random depth)': walk.ms,
        'bytes an artifact with its job, 2 edges and digest': Math.round(
          Number(ask("SELECT pg_database_size('postgres')")) / artifacts,
        ),
      }
    }
    return await measure(
      'postgres',
      { data, databaseUrl: url },
      { load, floor, engineTicks: () => ticksBelow(server.pid), engineMs: () => onProcessor(server.pid) },
    )
  } finally {
    const ended = new Promise((done) => server.once('exit', done))
    server.kill('SIGINT')
    await ended
    rmSync(root, { recursive: true, force: true })
  }
}

/** The same finely, in milliseconds, of those that live now; of one that ends meanwhile, as a vacuum's worker does, what it had taken when it was last seen. */
function onProcessor(parent) {
  const taken = new Map(childrenOf(parent).map((pid) => [pid, 0]))
  return () => {
    for (const pid of taken.keys()) {
      try {
        taken.set(pid, Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6)
      } catch {
        // Ended since.
      }
    }
    return [...taken.values()].reduce((sum, ms) => sum + ms, 0)
  }
}

const fieldsOf = (pid) => readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ')

const childrenOf = (parent) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => existsSync(`/proc/${pid}/stat`) && Number(fieldsOf(pid)[1]) === parent)

/** Ticks (10 ms) of the processes that PostgreSQL runs, those that have ended included. */
function ticksBelow(parent) {
  const own = fieldsOf(parent)
  let sum = Number(own[13]) + Number(own[14])
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = fieldsOf(pid)
      if (Number(fields[1]) === parent) sum += Number(fields[11]) + Number(fields[12])
    } catch {
      // Ended between the listing and the reading.
    }
  }
  return sum
}

for (const engine of engines) await (engine === 'sqlite' ? onSqlite() : onPostgres())
