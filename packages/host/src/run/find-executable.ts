/** Finds the command as execvp would, to say 126 or 127 before anything is started or recorded. */
import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { nearest, RoarError } from '@roar/core'

/** Absolute path of the file that would be executed. */
export function findExecutable(name: string, cwd: string, searchPath: string): string {
  const candidates = name.includes('/')
    ? [resolve(cwd, name)]
    : searchPath.split(':').map((directory) => resolve(cwd, directory, name))
  let refused: string | null = null
  for (const path of candidates) {
    const verdict = name === '' ? 'absent' : look(path)
    if (verdict === 'executable') return path
    if (verdict === 'refused') refused ??= path
  }
  throw refused ? notExecutable(refused) : notFound(name, cwd, searchPath)
}

function look(path: string): 'executable' | 'refused' | 'absent' {
  try {
    if (!statSync(path).isFile()) return 'refused'
    accessSync(path, constants.X_OK)
    return 'executable'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'refused' : 'absent'
  }
}

function notExecutable(path: string): RoarError {
  return new RoarError('ROAR_COMMAND_NOT_EXECUTABLE', `${path}: not executable`, {
    cause: 'It is a directory, or its mode does not let you execute it.',
    remedy: [`chmod +x ${path}`, `roar run sh ${path}`],
    exitCode: 126,
  })
}

function notFound(name: string, cwd: string, searchPath: string): RoarError {
  const near = suggestions(name, cwd, searchPath)
  return new RoarError('ROAR_COMMAND_NOT_FOUND', `${name}: command not found`, {
    cause: name.includes('/') ? 'There is no such file.' : 'No directory of PATH holds it.',
    remedy: near.map((one) => `roar run ${one}`),
    exitCode: 127,
  })
}

const interpreters: Readonly<Record<string, string>> = {
  py: 'python3',
  sh: 'sh',
  js: 'node',
  mjs: 'node',
  R: 'Rscript',
  pl: 'perl',
  rb: 'ruby',
  jl: 'julia',
}

function suggestions(name: string, cwd: string, searchPath: string): readonly string[] {
  if (name.includes('/')) return []
  const here = look(resolve(cwd, name)) !== 'absent'
  const interpreter = interpreters[name.split('.').at(-1) ?? '']
  if (here) return interpreter ? [`${interpreter} ${name}`] : [`./${name}`]
  return nearest(name, [...new Set(searchPath.split(':').flatMap(listed))], 3)
}

function listed(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
