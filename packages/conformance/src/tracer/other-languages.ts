/** Compiles the cases that are about another language than C, where its compiler is installed. */
import { execFile } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { CaseFile } from './case-file.ts'

const run = promisify(execFile)
const compilers: Readonly<Record<string, string>> = { go: 'go', rs: 'rustc', java: 'javac' }

export const otherCompiler = (language: CaseFile['language']): string | null => compilers[language] ?? null

/** A small virtual machine: its size is not the point, and starting it takes most of the time. */
export const javaCommand = (directory: string): string[] => [
  'java',
  '-Xshare:auto',
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-cp',
  directory,
  'Case',
]

export async function compileOther(one: CaseFile, out: string): Promise<void> {
  const program = join(out, one.id)
  if (one.language === 'go') await compileGo(one, program)
  else if (one.language === 'rs') await run('rustc', ['-O', '--edition=2021', ...one.flags, '-o', program, one.path])
  else {
    // A public class must stand in a file of its name.
    copyFileSync(one.path, join(out, 'Case.java'))
    await run('javac', ['-d', out, join(out, 'Case.java')])
  }
}

/** Without cgo its programs are static, and with it they are not: `flags: cgo`. */
async function compileGo(one: CaseFile, program: string): Promise<void> {
  const cgo = one.flags.includes('cgo') ? '1' : '0'
  // No module is needed for one file, and none may be looked for on the net.
  const env = { ...process.env, CGO_ENABLED: cgo, GOFLAGS: '-mod=mod', GO111MODULE: 'off', GOPROXY: 'off' }
  await run('go', ['build', '-o', program, one.path], { env })
}
