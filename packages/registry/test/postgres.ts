/** A real PostgreSQL of the tests' own: in a directory of its own, on a socket and a free port, gone at the end. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface TestPostgres {
  /** Of a new, empty database. */
  database(): Promise<string>
  stop(): Promise<void>
}

/** Where its programs are; null with the reason where there are none. */
export function postgresPrograms(): { at: string } | { missing: string } {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  const newest = versions.map(Number).sort((a, b) => b - a)[0]
  const at = newest ? `/usr/lib/postgresql/${newest}/bin` : null
  if (!at || !existsSync(join(at, 'initdb')))
    return { missing: 'PostgreSQL is not installed: apt-get install postgresql' }
  return { at }
}

/** PostgreSQL refuses to run as root; its package brings a user. */
function otherUser(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

export async function startPostgres(programs: string): Promise<TestPostgres> {
  const user = otherUser()
  // Not below a directory that only root may enter.
  const root = mkdtempSync('/tmp/roar-pg-')
  if (user.uid !== undefined) chownSync(root, user.uid, user.gid)
  chmodSync(root, 0o755)
  const data = join(root, 'data')
  const run = { ...user, cwd: root, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' }, stdio: 'ignore' as const }
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'roar', '-A', 'trust', '--no-sync', '-E', 'UTF8'], run)
  const port = await freePort()
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=120']
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', root, ...settings.flatMap((one) => ['-c', one])],
    run,
  )
  await untilReady(programs, port, server)
  let count = 0
  return {
    async database() {
      const name = `roar${++count}`
      execFileSync(join(programs, 'createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'roar', name], run)
      return `postgresql://roar@127.0.0.1:${port}/${name}`
    },
    async stop() {
      const ended = new Promise((done) => server.once('exit', done))
      server.kill('SIGINT')
      await ended
      rmSync(root, { recursive: true, force: true })
    },
  }
}

async function untilReady(programs: string, port: number, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`)
    try {
      execFileSync(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port), '-U', 'roar'])
      return
    } catch {
      await sleep(100)
    }
  }
  throw new Error('postgres is not ready after 30 seconds')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
