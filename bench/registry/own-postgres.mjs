// A PostgreSQL of our own, as the system's packages have it, in a directory that goes with it.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const port = 54_391
const clientWords = ['-h', '127.0.0.1', '-p', String(port), '-U', 'roar']
const serverWords = ['-p', String(port), '-h', '127.0.0.1', '-c', 'shared_buffers=1GB', '-c', 'max_wal_size=4GB']

/** Null: not installed. */
function programsAt() {
  const at = '/usr/lib/postgresql'
  const version = existsSync(at) ? readdirSync(at).sort((a, b) => b - a)[0] : null
  return version ? join(at, version, 'bin') : null
}

/** It refuses to run as root. */
function userOf(root) {
  if (process.getuid() !== 0) return {}
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const user = { uid: id('-u'), gid: id('-g') }
  chownSync(root, user.uid, user.gid)
  return user
}

/** `run(program, words)` gives what one of its programs prints; `ask(sql)`: what psql answers. */
export async function startPostgres() {
  const programs = programsAt()
  if (!programs) return null
  const root = mkdtempSync('/tmp/roar-bench-pg-')
  const options = { ...userOf(root), cwd: root, env: { PATH: process.env.PATH, LC_ALL: 'C' } }
  chmodSync(root, 0o755)
  const data = join(root, 'data')
  const make = ['-D', data, '-U', 'roar', '-A', 'trust', '-E', 'UTF8']
  execFileSync(join(programs, 'initdb'), make, { ...options, stdio: 'ignore' })
  const words = ['-D', data, '-k', root, ...serverWords]
  const server = spawn(join(programs, 'postgres'), words, { ...options, stdio: 'ignore' })
  const asked = { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }
  const run = (name, more) => execFileSync(join(programs, name), [...clientWords, ...more], asked)
  const ask = (sql) => run('psql', ['-At', '-c', sql, 'postgres']).trim()
  await answers(ask)
  const psql = { program: join(programs, 'psql'), words: [...clientWords, 'postgres'], options }
  const url = `postgresql://roar@127.0.0.1:${port}/postgres`
  return { root, pid: server.pid, url, psql, run, ask, stop: () => stop(server, root) }
}

async function answers(ask) {
  for (let tries = 0; ; tries++) {
    try {
      return ask('SELECT 1')
    } catch (error) {
      if (tries === 100) throw error
      await sleep(100)
    }
  }
}

async function stop(server, root) {
  const ended = new Promise((done) => server.once('exit', done))
  server.kill('SIGINT')
  await ended
  rmSync(root, { recursive: true, force: true })
}
