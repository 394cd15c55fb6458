/** The program that runs the programs: built once, and run with many of them in one traced tree. */
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExitStatus, TraceEvent, TraceOutcome, TracerBackend } from '@roar/core'
import { packageRoot } from '../package-root.ts'
import { buildDirectory } from '../tracer/build.ts'
import { jobLines } from '../tracer/job-lines.ts'
import { found } from './predict.ts'
import { type Program, textOf } from './program.ts'

const source = join(packageRoot, 'random/actions.c')

/** Linked statically where the back end has to see that too. */
export function buildTracee(flags: readonly string[] = []): string {
  const key = createHash('sha256').update(readFileSync(source)).update(flags.join(' ')).digest('hex').slice(0, 12)
  const program = join(buildDirectory, `actions-${key}`)
  if (existsSync(program)) return program
  mkdirSync(buildDirectory, { recursive: true })
  const [command = 'cc', ...own] = (process.env.CC?.trim() || 'cc').split(/\s+/)
  const made = `${program}.${process.pid}`
  execFileSync(command, [...own, '-O1', '-Wall', '-Wextra', '-pthread', ...flags, '-o', made, source])
  renameSync(made, program)
  return program
}

export interface Round {
  /** Each program's record. */
  readonly lines: readonly (readonly string[])[]
  /** Each program's words that succeeded or failed, by number. */
  readonly results: readonly ReadonlyMap<number, boolean>[]
  readonly outcome: Pick<TraceOutcome, 'lost' | 'gaps'>
}

/** One traced tree. `base` is made, and removed. */
export async function runPrograms(
  tracer: TracerBackend,
  tracee: string,
  base: string,
  programs: readonly Program[],
): Promise<Round> {
  const root = join(base, 'programs')
  for (const path of [root, join(base, 'log')]) {
    rmSync(path, { recursive: true, force: true })
    mkdirSync(path, { mode: 0o700, recursive: true })
  }
  for (const number of programs.keys()) furnish(join(root, String(number)))
  const batch = join(base, 'batch')
  writeFileSync(batch, programs.map((program, i) => `${join(root, String(i))} ${textOf(program)}\n`).join(''))
  const { events, printed, outcome } = await traced(tracer, tracee, base, batch)
  return {
    lines: linesOf(events, root, programs.length),
    results: resultsOf(printed, programs.length),
    outcome,
  }
}

function furnish(place: string): void {
  mkdirSync(join(place, 'd'), { recursive: true })
  for (const [name, size] of Object.entries(found)) writeFileSync(join(place, name), 'x'.repeat(size))
}

/** AT_ONCE: how many run at the same time. One, so that what fails fails again; more find races. */
const atOnce = Number(process.env.AT_ONCE ?? 1)

async function traced(tracer: TracerBackend, tracee: string, base: string, batch: string) {
  const events: TraceEvent[] = []
  let printed = ''
  let ended: Promise<unknown> = Promise.resolve()
  const command = { argv: [tracee, String(atOnce)], cwd: base, env: process.env, runDirectory: join(base, 'log') }
  const outcome = await tracer.trace(command, {
    start: async ({ argv, cwd, env }) => {
      const input = openSync(batch, 'r')
      const merged = { ...process.env, ...env } as NodeJS.ProcessEnv
      const child = spawn(argv[0] as string, argv.slice(1), { cwd, env: merged, stdio: [input, 'pipe', 'inherit'] })
      closeSync(input)
      child.stdout?.on('data', (bytes: Buffer) => (printed += bytes.toString('latin1')))
      ended = new Promise((resolve) => child.once('close', resolve))
      const exited = new Promise<ExitStatus>((resolve) =>
        child.once('exit', (exitCode, signal) => resolve({ exitCode, signal })),
      )
      return { pid: child.pid as number, exited }
    },
    events: (batch) => {
      for (const event of batch) events.push(event)
    },
  })
  await ended
  return { events, printed, outcome }
}

/** One fold for all: identities that come again are part of the trial. */
function linesOf(events: readonly TraceEvent[], root: string, count: number): string[][] {
  const lines: string[][] = Array.from({ length: count }, () => [])
  for (const { text } of jobLines(events, [{ name: '', path: root }])) {
    const [, word, number, path] = /^(\w+) (\d+)\/(.*)$/.exec(text) ?? []
    if (word) lines[Number(number)]?.push(`${word} ${path}`)
  }
  return lines
}

function resultsOf(printed: string, count: number): Map<number, boolean>[] {
  const results = Array.from({ length: count }, () => new Map<number, boolean>())
  for (const [, program, word, result] of printed.matchAll(/^(\d+) (\d+)([+-])$/gm))
    results[Number(program)]?.set(Number(word), result === '+')
  return results
}
