/** A sealed home, a git repository and a workspace for one test, and the built command in it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JobBody, JobDocument } from '@roar/core'
import { afterAll } from 'vitest'

export const roarBin = join(dirname(dirname(fileURLToPath(import.meta.url))), 'bin/roar')
const bundle = join(dirname(roarBin), '../dist/main.js')
if (!existsSync(bundle)) throw new Error('the command is not built: npm run build')

export interface Said {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
}

export class TestWorkspace {
  readonly place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-cli-test-')))
  readonly root = join(this.place, 'project')
  readonly env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: join(this.place, 'home'),
    LANG: 'C.UTF-8',
    ROAR_EBPF_SOCKET: process.env.ROAR_EBPF_SOCKET,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'T',
    GIT_AUTHOR_EMAIL: 't@localhost',
    GIT_COMMITTER_NAME: 'T',
    GIT_COMMITTER_EMAIL: 't@localhost',
  }

  constructor({ git = true }: WorkspaceOptions = {}) {
    mkdirSync(this.root, { recursive: true })
    mkdirSync(join(this.place, 'home'))
    if (git) this.command('git', 'init', '--quiet', '--initial-branch=main')
    this.must('init', '-q')
    if (git) this.commit()
  }

  write(name: string, text: string): this {
    mkdirSync(dirname(join(this.root, name)), { recursive: true })
    writeFileSync(join(this.root, name), text)
    return this
  }

  commit(): this {
    this.command('git', 'add', '--all')
    this.command('git', 'commit', '--quiet', '--allow-empty', '--message', 'state')
    return this
  }

  command(program: string, ...words: string[]): Said {
    return this.execute(program, words)
  }

  execute(
    program: string,
    words: readonly string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
  ): Said {
    const done = spawnSync(program, words, {
      cwd: options.cwd ?? this.root,
      env: { ...this.env, ...options.env },
      input: options.input ?? '',
      encoding: 'latin1',
      timeout: 170_000,
      maxBuffer: 1 << 28,
    })
    if (done.error) throw done.error
    return { code: done.status, signal: done.signal, out: done.stdout, err: done.stderr }
  }

  roar(...words: string[]): Said {
    return this.execute(roarBin, words)
  }

  /** Through a shell, for redirections and the like; `$roar` is the command. */
  shell(script: string, env: NodeJS.ProcessEnv = {}): Said {
    return this.execute('bash', ['-c', script], { env: { ...env, roar: roarBin } })
  }

  must(...words: string[]): Said {
    const said = this.roar(...words)
    if (said.code !== 0) throw new Error(`roar ${words.join(' ')}: ${said.code} ${said.err}`)
    return said
  }

  job(ref: string): JobBody {
    return (JSON.parse(this.must('show', ref, '--json').out) as JobDocument).job
  }

  remove(): void {
    rmSync(this.place, { recursive: true, force: true })
  }
}

export const paths = (edges: readonly { readonly path: string }[]): string[] => edges.map((edge) => edge.path).sort()

export interface WorkspaceOptions {
  /** A repository around it, with a first commit. Default: true. */
  readonly git?: boolean
}

/** Makes workspaces that go when all tests of the file are over. */
export function workspaces(usual: WorkspaceOptions = {}): (options?: WorkspaceOptions) => TestWorkspace {
  const made: TestWorkspace[] = []
  afterAll(() => {
    for (const one of made) one.remove()
  })
  return (options = usual) => {
    const one = new TestWorkspace(options)
    made.push(one)
    return one
  }
}
