/** Builds the launcher and a recorder, and runs commands bare and launched side by side. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('../launcher', import.meta.url))
export const launcher = join(folder, 'build/here/roar-launcher')

/** Why these tests cannot run here; false when they can. */
export const cannotLaunch = (): string | false => {
  if (process.platform !== 'linux') return `there is no launcher for ${process.platform}`
  if (spawnSync('python3', ['-c', '']).status !== 0) return 'python3 is not there'
  if (!existsSync(launcher) && spawnSync('make', ['-s', '-C', folder]).status !== 0) return 'no C compiler'
  return false
}

export interface Workbench {
  readonly place: string
  /** Words that launch what follows them. */
  readonly launch: readonly string[]
  /** The same for a shell. */
  readonly words: string
  /** Words that let Node spawn what follows them. */
  readonly spawnWords: readonly string[]
  close(): void
}

export async function openWorkbench(): Promise<Workbench> {
  const place = mkdtempSync(join(tmpdir(), 'roar-launch-'))
  const recorder = join(place, 'recorder.cjs')
  await build({
    entryPoints: [fileURLToPath(new URL('launch-recorder.ts', import.meta.url))],
    outfile: recorder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    conditions: ['roar-source'],
    logLevel: 'error',
  })
  // As bin/roar does it, with an option for Node.
  const launch = [launcher, process.execPath, recorder, 'run']
  const spawnWords = [process.execPath, recorder, 'run']
  return { place, launch, words: launch.join(' '), spawnWords, close: () => rmSync(place, { recursive: true }) }
}

/** What a command prints, and its status, after the same preparation in the same shell: bare and launched. */
export function bareAndLaunched(
  { words }: Workbench,
  prepare: string,
  command: string,
): { bare: string; launched: string } {
  const script = `${prepare}\n(exec ${command})\necho "status $?"\necho =====\n(exec ${words} ${command})\necho "status $?"`
  // A listing of /proc/PID/fd shows itself.
  const said = execFileSync('bash', ['-c', script], { encoding: 'latin1' }).replace(/\/proc\/\d+/g, '/proc/PID')
  const [bare = '', launched = ''] = said.split('=====\n')
  return { bare, launched }
}

/** Runs a script with `$launch` in it; its output, with the last line telling the status. */
export const inShell = ({ words, place }: Workbench, script: string, shell = 'bash'): string =>
  spawnSync(shell, ['-c', script], { encoding: 'utf8', cwd: place, env: { ...process.env, launch: words } }).stdout

/** A launched command, watched from outside. */
export class Launched {
  readonly process: ChildProcess
  readonly #log: string
  said = ''
  complained = ''

  constructor(bench: Workbench, command: readonly string[], env: NodeJS.ProcessEnv = {}, words = bench.launch) {
    this.#log = join(mkdtempSync(join(bench.place, 'log-')), 'log')
    const [file, ...rest] = [...words, ...command]
    // A group of its own, as a shell would make it.
    const options = { detached: true, env: { ...process.env, RECORDER_LOG: this.#log, ...env } }
    this.process = spawn(file as string, rest, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    this.process.stdout?.on('data', (text) => {
      this.said += text
    })
    this.process.stderr?.on('data', (text) => {
      this.complained += text
    })
  }

  get pid(): number {
    return this.process.pid as number
  }

  /** What the recorder has noted. */
  get noted(): string {
    return existsSync(this.#log) ? readFileSync(this.#log, 'utf8') : ''
  }

  async until(what: () => boolean): Promise<void> {
    for (let i = 0; !what(); i++) {
      if (i > 400)
        throw new Error(`waited in vain; said: ${this.said} noted: ${this.noted} complained: ${this.complained}`)
      await sleep(25)
    }
  }

  /** Pids of command and recorder, once they run and the command has said so. */
  async ready(): Promise<{ command: number; recorder: number }> {
    await this.until(() => this.said.includes('ready') && /started \d+ by \d+\n/.test(this.noted))
    const [, command, recorder] = /started (\d+) by (\d+)/.exec(this.noted) ?? []
    return { command: Number(command), recorder: Number(recorder) }
  }

  /** Exit code or name of the signal. */
  async ended(): Promise<number | string | null> {
    await this.until(() => this.process.exitCode !== null || this.process.signalCode !== null)
    return this.process.exitCode ?? this.process.signalCode
  }
}

/** A program that says which signals it gets, and ends by SIGUSR2 with status 3. */
export const listener = [
  'python3',
  '-c',
  `import os, signal
def say(number, frame): os.write(1, (signal.Signals(number).name + "\\n").encode())
def end(number, frame): os._exit(3)
for name in "INT TERM HUP QUIT USR1 CONT WINCH ALRM ABRT PIPE XCPU RTMIN".split():
    signal.signal(getattr(signal, "SIG" + name), say)
signal.signal(signal.SIGUSR2, end)
os.write(1, b"ready\\n")
while True: signal.pause()`,
]
