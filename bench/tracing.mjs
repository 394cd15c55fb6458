// A command under a tracer without the rest of the recorder: what the tracer itself takes can be measured so.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export const titles = { preload: 'preload', ptrace: 'ptrace (notify)', hybrid: 'hybrid', ebpf: 'eBPF, daemon warm' }

/** Runs `words`; `begun` hears of the run's directory and of the child. Returns the outcome, the number of facts and what the command printed. */
export async function trace(name, place, words, begun = () => {}) {
  const { createTracer } = await import(`@roar/tracer-${name}`)
  mkdirSync(place, { recursive: true })
  const runDirectory = mkdtempSync(join(place, 'run-'))
  const started = process.hrtime.bigint()
  let facts = 0
  let printed = ''
  const outcome = await createTracer().trace(
    { argv: words, cwd: place, env: process.env, runDirectory },
    {
      start: async ({ argv: [program, ...rest], cwd, env }) => {
        const child = spawn(program, rest, {
          cwd,
          env: { ...process.env, ...env },
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        child.stdout.on('data', (bytes) => (printed += bytes))
        begun({ runDirectory, pid: child.pid })
        const exited = new Promise((resolve) =>
          child.once('close', (exitCode, signal) => resolve({ exitCode, signal })),
        )
        return { pid: child.pid, exited }
      },
      events: (batch) => (facts += batch.length),
    },
  )
  rmSync(runDirectory, { recursive: true })
  return { outcome, facts, printed, started }
}

/** Compiled beside the measurement; throws where there is no compiler. */
export function compile(place, name, source, ...flags) {
  const program = join(place, name)
  const done = spawnSync('cc', ['-O2', ...flags, '-o', program, '-x', 'c', '-'], { input: source, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr || String(done.error))
  return program
}
