/** Compiles the cases, each once: the result is kept under a digest of its source, the header, the flags and the compiler. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'
import { packageRoot } from '../package-root.ts'
import { type CaseFile, casesDirectory } from './case-file.ts'
import { compileOther, javaCommand, otherCompiler } from './other-languages.ts'

const run = promisify(execFile)

export interface BuiltCase {
  /** What to execute: the program, or interpreter and script. `program` is a file to place beside the scratch directory. */
  readonly program: string | null
  readonly interpreter: readonly string[]
  readonly library: string | null
}

export const buildDirectory = join(packageRoot, 'build')
const interpreters = { sh: 'sh', bash: 'bash', py: 'python3', rb: 'ruby', mjs: process.execPath, pl: 'perl' } as const

export async function buildCase(one: CaseFile, directory = buildDirectory): Promise<BuiltCase> {
  const { language } = one
  if (language in interpreters) return interpreted(one, interpreters[language as keyof typeof interpreters])
  const target = join(directory, `${one.id}-${digest(one)}`)
  if (!existsSync(target)) await make(one, target)
  if (language === 'java') return { program: null, interpreter: javaCommand(target), library: null }
  return { program: join(target, one.id), interpreter: [], library: one.library && join(target, one.library) }
}

const interpreted = (one: CaseFile, interpreter: string): BuiltCase => ({
  program: null,
  interpreter: [interpreter, one.path],
  library: null,
})

/** Two suites may build the same case: each in its own directory, the rename decides. */
async function make(one: CaseFile, target: string): Promise<void> {
  const workbench = `${target}.${process.pid}`
  mkdirSync(workbench, { recursive: true })
  try {
    await (one.language === 'c' ? compile(one, workbench) : compileOther(one, workbench))
    renameSync(workbench, target)
  } catch (error) {
    rmSync(workbench, { recursive: true })
    if (!existsSync(target)) throw error
  }
}

/** CC may bring flags of its own: `musl-gcc -idirafter /usr/include`. */
const chosenCompiler = (one: CaseFile): string =>
  otherCompiler(one.language) ?? one.compiler ?? (process.env.CC?.trim() || 'cc')

/** Whether a program of this name is on the PATH. */
const isInstalled = (name: string): boolean =>
  isAbsolute(name) || (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))

/** The interpreter that a script needs and this machine has not. */
export function lackOfInterpreter({ language }: CaseFile): string | null {
  const interpreter = interpreters[language as keyof typeof interpreters]
  return interpreter === undefined || isInstalled(interpreter) ? null : `${interpreter} is not installed`
}

/** Why a case does not compile; null where that is the case's own fault: the default compiler has to take all. */
export function lackOfCompiler(one: CaseFile, error: unknown): string | null {
  const compiler = chosenCompiler(one)
  if (compiler === 'cc') return null
  const { code, stderr } = error as { code?: string | number; stderr?: string }
  if (code === 'ENOENT') return `${compiler.split(' ')[0]} is not installed`
  const complaint = /.*(?:error|undefined reference|cannot find).*/.exec(stderr ?? '')
  return complaint ? `${compiler} cannot build it: ${complaint[0].trim()}` : null
}

async function compile(one: CaseFile, out: string): Promise<void> {
  const [command = 'cc', ...own] = chosenCompiler(one).split(/\s+/)
  const common = [...own, '-O1', '-Wall', '-Werror', '-I', casesDirectory, '-I', dirname(one.path), one.path]
  if (one.library)
    await run(command, [...common, '-DLIBRARY', '-shared', '-fPIC', '-o', join(out, one.library), ...one.flags])
  // The loader finds the library from the program's own place: `bin` and `scratch` are neighbours in a run.
  const link = one.linked && one.library ? ['-L', out, `-l:${one.library}`, '-Wl,-rpath,$ORIGIN/../scratch'] : []
  await run(command, [...common, '-o', join(out, one.id), ...link, ...(one.library ? [] : one.flags)])
}

function digest(one: CaseFile): string {
  const hash = createHash('sha256').update([chosenCompiler(one), ...one.flags].join('\0'))
  hash.update(readFileSync(join(casesDirectory, 'case.h'))).update(readFileSync(one.path))
  return hash.digest('hex').slice(0, 12)
}
