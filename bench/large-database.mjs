// Fills a workspace's database with many jobs by plain SQL: `node bench/large-database.mjs DATABASE [JOBS]`, ten edges a job, a thousand jobs a session.
import { randomBytes } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'

export function fill(path, jobs = 100_000, { files = 5, jobsInSession = 1000 } = {}) {
  const database = new Database(path)
  database.pragma('synchronous = OFF')
  const insert = (table, columns) =>
    database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
  const session = insert('sessions', ['hash', 'started_at', 'current'])
  const step = insert('steps', ['session_id', 'kind', 'number', 'command_key'])
  const job = insert(
    'jobs',
    'uid session_id step_id execution status argv command cwd started_at ended_at duration_ms exit_code in_git branch commit_id dirty detached shallow sparse linked_worktree lost complete inputs outputs'.split(
      ' ',
    ),
  )
  const path_ = insert('paths', ['path', 'escaped'])
  const artifact = insert('artifacts', ['kind', 'size', 'first_seen'])
  const digest = insert('digests', ['value', 'algorithm', 'artifact_id'])
  const edge = insert(
    'edges',
    'job_id ordinal role artifact_id path_id size access sourced in_commit code producer_job_id'.split(' '),
  )
  const start = 1_700_000_000_000
  database.transaction(() => {
    database.exec('UPDATE sessions SET current = 0')
    let sessionId = 0
    let steps = []
    let before = null
    for (let n = 0; n < jobs; n++) {
      if (n % jobsInSession === 0) {
        sessionId = session.run(
          randomBytes(16).toString('hex'),
          start + n,
          n + jobsInSession >= jobs ? 1 : 0,
        ).lastInsertRowid
        steps = []
        before = null
      }
      const number = (n % 100) + 1
      steps[number] ??= step.run(sessionId, 'run', number, `["step",${number}]`).lastInsertRowid
      const argv = JSON.stringify(['python', 'train.py', `--seed=${n}`])
      const id = job.run(
        n.toString(16).padStart(8, '0'),
        sessionId,
        steps[number],
        Math.floor((n % jobsInSession) / 100) + 1,
        'completed',
        argv,
        `python train.py --seed=${n}`,
        '.',
        start + n * 1000,
        start + n * 1000 + 500,
        500,
        0,
        1,
        'main',
        'a'.repeat(40),
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        before ? files : 0,
        files,
      ).lastInsertRowid
      let ordinal = 0
      if (before)
        for (const one of before.made)
          edge.run(id, ordinal++, 'input', one.artifact, one.path, 5, 1, 'job', 0, 0, before.id)
      const made = []
      for (let i = 0; i < files; i++) {
        const place = n < 1000 ? path_.run(`out/${number}/${n}-${i}`, 0).lastInsertRowid : (n % 1000) * files + i + 1
        const content = artifact.run('file', 5, start + n).lastInsertRowid
        digest.run(randomBytes(32).toString('hex'), 'blake3', content)
        edge.run(id, ordinal++, 'output', content, place, 5, 24, 'none', 0, 0, null)
        made.push({ artifact: content, path: place })
      }
      before = { id, made }
    }
  })()
  database.close()
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  fill(process.argv[2], Number(process.argv[3] ?? 100_000))
