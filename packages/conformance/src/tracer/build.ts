/** Compiles the cases, each once: the result is kept under a digest of its source, the header, the flags and the compiler. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type CaseFile, casesDirectory } from './case-file.ts'

const run = promisify(execFile)

export interface BuiltCase {
  /** What to execute: the program, or interpreter and script. `program` is a file to place beside the scratch directory. */
  readonly program: string | null
  readonly interpreter: readonly string[]
  readonly library: string | null
}

export const buildDirectory = fileURLToPath(new URL('../../build', import.meta.url))
const interpreters = { sh: 'sh', bash: 'bash', py: 'python3', mjs: process.execPath, pl: 'perl' } as const

export async function buildCase(one: CaseFile, directory = buildDirectory): Promise<BuiltCase> {
  if (one.language !== 'c') return { program: null, interpreter: [interpreters[one.language], one.path], library: null }
  const compiler = chosenCompiler()
  const target = join(directory, `${one.id}-${digest(one, compiler)}`)
  const library = one.library ? join(target, one.library) : null
  const built = { program: join(target, one.id), interpreter: [], library }
  if (existsSync(built.program)) return built
  // Two suites may build the same case: each in its own directory, the rename decides.
  const workbench = `${target}.${process.pid}`
  mkdirSync(workbench, { recursive: true })
  await compile(one, compiler, workbench)
  try {
    renameSync(workbench, target)
  } catch {
    rmSync(workbench, { recursive: true })
  }
  return built
}

/** CC may bring flags of its own: `musl-gcc -idirafter /usr/include`. */
const chosenCompiler = (): string => process.env.CC?.trim() || 'cc'

/** Why a case does not compile; null where that is the case's own fault: the default compiler has to take all. */
export const lackOfCompiler = (error: unknown): string | null => {
  if (chosenCompiler() === 'cc') return null
  const complaint = /.*(?:error|undefined reference).*/.exec((error as { stderr?: string }).stderr ?? '')
  return complaint ? `${chosenCompiler()} cannot build it: ${complaint[0].trim()}` : null
}

async function compile(one: CaseFile, compiler: string, out: string): Promise<void> {
  const [command = 'cc', ...own] = compiler.split(/\s+/)
  const common = [...own, '-O1', '-Wall', '-Werror', '-I', casesDirectory, '-I', dirname(one.path), one.path]
  if (one.library)
    await run(command, [...common, '-DLIBRARY', '-shared', '-fPIC', '-o', join(out, one.library), ...one.flags])
  // The loader finds the library from the program's own place: `bin` and `scratch` are neighbours in a run.
  const link = one.linked && one.library ? ['-L', out, `-l:${one.library}`, '-Wl,-rpath,$ORIGIN/../scratch'] : []
  await run(command, [...common, '-o', join(out, one.id), ...link, ...(one.library ? [] : one.flags)])
}

function digest(one: CaseFile, compiler: string): string {
  const hash = createHash('sha256').update([compiler, ...one.flags].join('\0'))
  hash.update(readFileSync(join(casesDirectory, 'case.h'))).update(readFileSync(one.path))
  return hash.digest('hex').slice(0, 12)
}
