/** Installs what the lock file of the commit says, with the program that wrote it. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runProgram, tail } from '../run-process.ts'
import { type EnvironmentRoom, environmentFailed, toolEnv } from './environment.ts'

interface LockedInstall {
  readonly lock: string
  readonly argv: readonly string[]
}

/** The text of the lock file that was obeyed: it is not installed again while that stays the same. */
export async function prepareNode(room: EnvironmentRoom, before: string | null): Promise<string> {
  const found = findLock(room)
  if (found === null) {
    throw environmentFailed('The steps used packages of Node, and their commit has no lock file that names them.', '', [
      'Commit package-lock.json, or record the installation itself: roar build npm ci',
    ])
  }
  const text = readFileSync(found.lock, 'utf8')
  if (text === before) return text
  room.say({ phase: 'environment', what: found.argv.join(' ') })
  const log = join(room.places.logs, 'node.log')
  const run = { argv: found.argv, cwd: dirname(found.lock), env: toolEnv(room), log, timeout: room.timeout }
  const end = await runProgram(run)
  if (end.code !== 0) throw environmentFailed(`${found.argv.join(' ')} failed.`, end.error ?? tail(log))
  return text
}

function findLock({ places }: EnvironmentRoom): LockedInstall | null {
  for (const directory of [...new Set([places.workspace, places.work])]) {
    for (const [name, argv] of locks) {
      const lock = join(directory, name)
      if (existsSync(lock)) return { lock, argv: argv(lock) }
    }
  }
  return null
}

const locks: readonly (readonly [string, (lock: string) => readonly string[]])[] = [
  ['npm-shrinkwrap.json', () => ['npm', 'ci', '--no-audit', '--no-fund']],
  ['package-lock.json', () => ['npm', 'ci', '--no-audit', '--no-fund']],
  ['pnpm-lock.yaml', () => ['pnpm', 'install', '--frozen-lockfile']],
  ['yarn.lock', (lock) => ['yarn', 'install', isBerry(lock) ? '--immutable' : '--frozen-lockfile']],
]

/** Yarn 1 has no `--immutable`; its lock file has no `__metadata`. */
const isBerry = (lock: string): boolean => /^__metadata:/m.test(readFileSync(lock, 'utf8'))
