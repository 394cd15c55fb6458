/** Finds the command as execvp would, to say 126 or 127 before anything is started or recorded. */
import { accessSync, closeSync, constants, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { nearest, RoarError } from '@roar/core'

/** Where execvp looks without a PATH, as cron jobs and `env -i` may have none. */
export const searchPathOf = (env: Readonly<Record<string, string | undefined>>): string => env.PATH ?? '/bin:/usr/bin'

/** Absolute path of the file that would be executed. */
export function findExecutable(name: string, cwd: string, searchPath: string): string {
  const candidates = name.includes('/')
    ? [resolve(cwd, name)]
    : searchPath.split(':').map((directory) => resolve(cwd, directory, name))
  let refused: string | null = null
  for (const path of candidates) {
    const verdict = name === '' ? 'absent' : look(path)
    if (verdict === 'executable') return withInterpreter(path, name)
    // Whether a directory of PATH that is closed to us holds it, nobody can say: a shell goes on, and finds nothing.
    if (verdict === 'refused' || (verdict === 'closed' && name.includes('/'))) refused ??= path
  }
  throw refused ? notExecutable(refused) : notFound(name, cwd, searchPath)
}

/** The kernel says of a script without its interpreter what it says of a script that is not there. */
function withInterpreter(path: string, name: string): string {
  const interpreter = interpreterOf(path)
  if (interpreter === null || existsSync(interpreter)) return path
  const returns = interpreter.endsWith('\r')
  const shown = interpreter.replace(/\r$/, '')
  throw new RoarError('ROAR_COMMAND_NOT_FOUND', `${name}: its interpreter ${shown} is not there`, {
    cause: returns
      ? 'Its first line ends in a carriage return, as lines on Windows do.'
      : 'Its first line asks for it.',
    remedy: returns ? [`sed -i 's/\\r$//' ${path}`] : [`head -1 ${path}`],
    exitCode: 127,
  })
}

/** Absolute ones alone, as the kernel reads them; null: a program, or a script that the shell takes. */
function interpreterOf(path: string): string | null {
  const line = firstLine(path)
  return /^#![ \t]*(\/[^ \t\n]*)/.exec(line)?.[1] ?? null
}

/** The kernel looks no further than 256 bytes. Empty where the file may be executed and not read. */
function firstLine(path: string): string {
  try {
    const file = openSync(path, 'r')
    const bytes = Buffer.alloc(256)
    const length = readSync(file, bytes)
    closeSync(file)
    return bytes.toString('latin1', 0, length).split('\n', 1)[0] ?? ''
  } catch {
    return ''
  }
}

function look(path: string): 'executable' | 'refused' | 'closed' | 'absent' {
  try {
    if (!statSync(path).isFile()) return 'refused'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'closed' : 'absent'
  }
  try {
    accessSync(path, constants.X_OK)
    return 'executable'
  } catch {
    return 'refused'
  }
}

/** Null: nothing is there, or a directory above it is closed to us. */
function kindOf(path: string): 'directory' | 'file' | 'other' | null {
  try {
    const found = statSync(path)
    return found.isDirectory() ? 'directory' : found.isFile() ? 'file' : 'other'
  } catch {
    return null
  }
}

const closed = 'A directory above it is closed to you.'

function notExecutable(path: string): RoarError {
  const kind = kindOf(path)
  const directory = kind === 'directory'
  return new RoarError(
    'ROAR_COMMAND_NOT_EXECUTABLE',
    `${path}: ${directory ? 'it is a directory, and no command' : 'not executable'}`,
    {
      cause: directory
        ? 'Only files can be executed.'
        : kind === null
          ? closed
          : 'Its mode does not let you execute it.',
      remedy: directory
        ? [`ls ${path}`]
        : kind === null
          ? [`ls -ld ${path}`]
          : [`chmod +x ${path}`, ...byInterpreter(path)],
      exitCode: 126,
    },
  )
}

/** What runs a file of this ending; a file without one may be anything. */
function byInterpreter(path: string): readonly string[] {
  const interpreter = interpreterFor(path)
  return interpreter ? [`roar run ${interpreter} ${path}`] : []
}

const interpreterFor = (name: string): string | undefined => interpreters[extname(name).slice(1)]

function notFound(name: string, cwd: string, searchPath: string): RoarError {
  const near = suggestions(name, cwd, searchPath)
  return new RoarError('ROAR_COMMAND_NOT_FOUND', `${name || "''"}: command not found`, {
    cause: whyNot(name),
    remedy: near.map((one) => `roar run ${one}`),
    exitCode: 127,
  })
}

function whyNot(name: string): string {
  if (name === '') return 'The word for it is empty: a variable without a value, perhaps.'
  return name.includes('/')
    ? 'There is no such file.'
    : 'No directory of PATH holds it. What is an alias or a function is known to your shell alone.'
}

const interpreters: Readonly<Record<string, string>> = {
  py: 'python3',
  sh: 'sh',
  bash: 'bash',
  js: 'node',
  mjs: 'node',
  R: 'Rscript',
  pl: 'perl',
  rb: 'ruby',
  jl: 'julia',
}

function suggestions(name: string, cwd: string, searchPath: string): readonly string[] {
  if (name.includes('/') || name === '') return []
  const here = kindOf(resolve(cwd, name)) === 'file'
  const interpreter = interpreterFor(name)
  if (here) return interpreter ? [`${interpreter} ${name}`] : [`./${name}`]
  // Of one or two letters everything is near.
  return name.length < 3 ? [] : nearest(name, [...new Set(searchPath.split(':').flatMap(listed))], 3)
}

function listed(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
