/** The place of one run: a fresh scratch directory with the files of the page, the program beside it, and room for the tracer's log. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { BuiltCase } from './build.ts'
import type { CaseFile } from './case-file.ts'
import { parseExpectation } from './expectation.ts'
import { type StandardStreams, standardStreams } from './standard-streams.ts'

export interface Setting {
  readonly scratch: string
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly streams: StandardStreams
  /** For the back end's log. */
  readonly runDirectory: string
  /** What the program has said about itself so far. */
  said(): string
}

/** One base directory serves a whole suite: bare and traced run see the same paths. */
export class Stage {
  readonly base: string

  constructor(directory = tmpdir()) {
    this.base = realpathSync(mkdtempSync(join(directory, 'roar-conformance-')))
    // Some cases give up their privileges and must still reach their files: mkdtemp made it private.
    mkdirSync(join(this.base, 'bin'))
    chmodSync(this.base, 0o755)
  }

  set(one: CaseFile, built: BuiltCase): Setting {
    const [scratch, log, expectations] = ['scratch', 'log', 'expected'].map((name) => join(this.base, name)) as [
      string,
      string,
      string,
    ]
    for (const path of [...this.#elsewhere(expectations), scratch, log, expectations]) removeAll(path)
    mkdirSync(log, { mode: 0o700 })
    makeScratch(scratch, one.files)
    const streams = standardStreams(one, scratch)
    if (streams.stdout !== null) writeFileSync(streams.stdout, '')
    if (built.library) copyFileSync(built.library, join(scratch, basename(built.library)))
    return {
      scratch,
      argv: [...built.interpreter, ...(built.program ? [this.#place(built.program)] : [])],
      env: environment(expectations),
      streams,
      runDirectory: log,
      said: () => (existsSync(expectations) ? readFileSync(expectations, 'latin1') : ''),
    }
  }

  close(): void {
    for (const path of this.#elsewhere(join(this.base, 'expected'))) removeAll(path)
    removeAll(this.base)
  }

  /** What the last program made outside; by the name that such directories have, and no other. */
  #elsewhere(expectations: string): string[] {
    if (!existsSync(expectations)) return []
    const { roots } = parseExpectation(readFileSync(expectations, 'latin1'))
    return roots.map(({ path }) => path).filter((path) => /^\/(dev\/shm|tmp|var\/tmp)\/roar-case-\d+$/.test(path))
  }

  #place(program: string): string {
    const placed = join(this.base, 'bin', basename(program))
    if (!existsSync(placed)) copyFileSync(program, placed)
    return placed
  }
}

function makeScratch(scratch: string, files: readonly string[]): void {
  for (const path of [scratch, join(scratch, 'd')]) mkdirSync(path, { mode: 0o755 })
  for (const entry of ['a=hello', 'b=world', 'd/x=inner', ...files]) {
    const [, name, kind, rest] = /^([^=>/]+(?:\/[^=>/]+)*?)(=|->|\/$)(.*)$/.exec(entry) ?? []
    if (name === undefined) throw new Error(`not a file of a setting: ${entry}`)
    const path = join(scratch, name)
    if (kind === '=') writeFileSync(path, rest as string)
    else if (kind === '->') symlinkSync(rest as string, path)
    else mkdirSync(path)
  }
}

/** The same for every machine: no locale files, no user configuration. */
const environment = (expectations: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  CASE_EXPECT: expectations,
})

/** Node removes by whole paths, which end at 4,095 bytes; rm goes down directory by directory. */
function removeAll(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENAMETOOLONG') throw error
    execFileSync('rm', ['-rf', '--', path])
  }
}
