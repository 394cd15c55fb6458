/** Runs a program to its end, with an environment of its own. */
import { execFile } from 'node:child_process'

export interface Outcome {
  readonly code: number
  /** Both streams. */
  readonly text: string
}

export function run(
  command: string,
  words: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; timeout?: number } = {},
): Promise<Outcome> {
  const env = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...options.env }
  return new Promise((done) => {
    const settings = { cwd: options.cwd, env, timeout: options.timeout ?? 150_000, maxBuffer: 64 * 1024 * 1024 }
    execFile(command, words, settings, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 128) : 0
      done({ code, text: stdout + stderr })
    })
  })
}
