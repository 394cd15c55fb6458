/** Real repositories for the tests beside this. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'protocol.file.allow=always']

/** Nothing of the machine's own settings. */
export const cleanEnv = { PATH: process.env.PATH, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' }

export interface Repository {
  readonly root: string
  git(...args: string[]): string
  write(path: string | Buffer, text?: string): void
  commit(): void
}

export const temporary = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'roar-git-')))

export function repositoryAt(root: string): Repository {
  const git = (...args: string[]): string =>
    execFileSync('git', [...identity, ...args], { cwd: root, env: cleanEnv, encoding: 'utf8', stdio: 'pipe' })
  return {
    root,
    git,
    write(path, text = String(path)) {
      const full = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path)])
      mkdirSync(dirname(full.toString()), { recursive: true })
      writeFileSync(full, text)
    },
    commit() {
      git('add', '-A')
      git('commit', '-q', '-m', 'x')
    },
  }
}

export function newRepository(...options: string[]): Repository {
  const repository = repositoryAt(temporary())
  repository.git('init', '-q', '-b', 'main', ...options)
  return repository
}
