/** Runs one program to its end, in a process group of its own, with what it says in a file. */
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isText } from '@roar/core'
import { word } from './plan/shell-text.ts'
import type { StreamFile, Streams } from './recipe/recipe.ts'
import type { Env } from './room.ts'

export interface ProgramRun {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: Env
  /** What it says on those of both streams that are no files of its own is appended here. */
  readonly log: string
  /** Relative to `cwd`. */
  readonly streams?: Streams
  /** Milliseconds; null: as long as it takes. */
  readonly timeout: number | null
}

export interface ProgramEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly timedOut: boolean
  /** The program could not be started. */
  readonly error: string | null
}

/** After a polite request to end, before a rude one. */
const grace = 5000

export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const opened: number[] = []
  try {
    return await ended(run, openStreams(run, opened))
  } catch (error) {
    return { code: null, signal: null, timedOut: false, error: (error as Error).message }
  } finally {
    for (const fd of opened) closeSync(fd)
  }
}

type Standard = readonly ['ignore' | number, number, number]

/** As a shell does before it starts the program; `opened` is closed by the caller. */
function openStreams({ cwd, log, streams = {} }: ProgramRun, opened: number[]): Standard {
  const open = (path: string, flags: string, mode = 0o666): number => {
    const fd = openSync(path, flags, mode)
    opened.push(fd)
    return fd
  }
  const written = (file: StreamFile | undefined): number => {
    if (file === undefined) return open(log, 'a', 0o600)
    const path = resolve(cwd, file.path)
    mkdirSync(dirname(path), { recursive: true })
    return open(path, file.append ? 'a' : 'w')
  }
  const stdin = streams.stdin === undefined ? 'ignore' : open(resolve(cwd, streams.stdin), 'r')
  const stdout = written(streams.stdout)
  // `> all 2>&1` is one opening: each with a place of its own would write over the other.
  const isOne = streams.stderr !== undefined && streams.stderr.path === streams.stdout?.path
  return [stdin, stdout, isOne ? stdout : written(streams.stderr)]
}

function ended({ argv, cwd, env, timeout }: ProgramRun, stdio: Standard): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const [program = '', ...words] = argv.every(isText) ? argv : byShell(argv)
    const child = spawn(program, words, { cwd, env, stdio: [...stdio], detached: true })
    let timedOut = false
    const stop = (signal: NodeJS.Signals) => signalGroup(child.pid, signal)
    const interrupted = (signal: NodeJS.Signals) => stop(signal)
    const late =
      timeout === null
        ? null
        : setTimeout(() => {
            timedOut = true
            stop('SIGTERM')
            setTimeout(() => stop('SIGKILL'), grace).unref()
          }, timeout)
    for (const signal of forwarded) process.on(signal, interrupted)
    const settle = (end: Omit<ProgramEnd, 'timedOut'>) => {
      if (late) clearTimeout(late)
      for (const signal of forwarded) process.off(signal, interrupted)
      resolve({ ...end, timedOut })
    }
    child.on('error', (error) => settle({ code: null, signal: null, error: error.message }))
    child.on('exit', (code, signal) => settle({ code, signal, error: null }))
  })
}

/** Node can hand over text only; a shell makes the bytes of such a word, and is then the program itself. */
const byShell = (argv: readonly string[]): readonly string[] => ['sh', '-c', `exec ${argv.map(word).join(' ')}`]

/** A group of its own does not hear the terminal's Ctrl-C. */
const forwarded: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}

/** The last lines of what a program said. */
export function tail(log: string, lines = 12): string {
  if (!statSync(log, { throwIfNoEntry: false })) return ''
  const text = readFileSync(log).subarray(-16_384).toString('utf8')
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}
