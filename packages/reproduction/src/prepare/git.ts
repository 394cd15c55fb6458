/** Git, for a clone that nobody's settings reach into: no hooks, no questions, no transport that runs programs. */
import { spawn } from 'node:child_process'
import type { Env } from '../room.ts'

export interface GitEnd {
  readonly ok: boolean
  readonly out: string
  readonly err: string
}

export function git(directory: string, env: Env, words: readonly string[]): Promise<GitEnd> {
  return new Promise((resolve) => {
    const child = spawn('git', ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false', ...words], {
      cwd: directory,
      env: { ...withoutGit(env), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', (error) => resolve({ ok: false, out: '', err: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, out: text(out), err: text(err).trim() }))
  })
}

const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8')

/** `GIT_DIR` and its like would lead git to another repository. */
const withoutGit = (env: Env): Env =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|COMMON_DIR)$/.test(name)),
  )
