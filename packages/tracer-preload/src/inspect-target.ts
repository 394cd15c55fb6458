/** Looks at the program that is about to be started, as the library itself looks at those which come later. */
import { accessSync, closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from '@roar/core'
import { readElf } from './elf.ts'
import { cpuTypes, judgeMacho } from './macho.ts'

export interface Target {
  readonly path: string
  /** Gap code: why the library cannot be loaded into it; null when it can. */
  readonly gap: 'static-binary' | 'foreign-architecture' | 'set-id' | 'protected-program' | null
  /** Name of a sanitizer's runtime, which refuses to run unless it stands first in LD_PRELOAD. */
  readonly runtime: string | null
  /** It may be executed but not read: whether the library can be loaded is not known. */
  readonly opaque?: boolean
  /** The library is loaded, and the program calls the kernel past it. */
  readonly callsKernel?: boolean
}

const machines: Readonly<Record<string, number>> = { x64: 62, arm64: 183 }
const sanitizers = /^lib(asan|tsan|ubsan|lsan|hwasan|clang_rt\.(asan|tsan))/

/** Null when there is no such program: starting it will say so. */
export function inspectTarget(command: Command): Target | null {
  const path = findProgram(command)
  return path === null ? null : inspect(path, 0)
}

/** By PATH, as execvp. */
function findProgram({ argv, cwd, env }: Command): string | null {
  const name = argv[0] ?? ''
  if (name.includes('/')) return resolve(cwd, name)
  const places = (env.PATH ?? '/usr/local/bin:/bin:/usr/bin').split(':').map((place) => resolve(cwd, place, name))
  return places.find(mayRun) ?? null
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function inspect(path: string, depth: number): Target {
  const entered: Target = { path, gap: null, runtime: null }
  let fd: number
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    return { ...entered, opaque: process.platform === 'linux' && mayRun(path) }
  }
  try {
    const interpreter = scriptInterpreter(fd)
    if (interpreter !== null) return depth < 4 ? { ...inspect(interpreter, depth + 1), path } : entered
    return verdict(path, fd)
  } finally {
    closeSync(fd)
  }
}

function verdict(path: string, fd: number): Target {
  return process.platform === 'darwin' ? darwinVerdict(path, fd) : linuxVerdict(path, fd)
}

/** Apple's own programs lie in these places (system integrity protection); what others install never does. */
const isProtectedPlace = (path: string): boolean =>
  /^\/(usr|bin|sbin|System)\//.test(path) && !path.startsWith('/usr/local/')

function darwinVerdict(path: string, fd: number): Target {
  const entered: Target = { path, gap: null, runtime: null }
  if (isPrivileged(fd)) return { ...entered, gap: 'set-id' }
  if (isProtectedPlace(realpathSync(path))) return { ...entered, gap: 'protected-program' }
  const judged = judgeMacho(fd, cpuTypes[process.arch] ?? 0)
  if (judged === 'foreign') return { ...entered, gap: 'foreign-architecture' }
  return judged === 'protected' ? { ...entered, gap: 'protected-program' } : entered
}

function linuxVerdict(path: string, fd: number): Target {
  const elf = readElf(fd)
  if (!elf) return { path, gap: null, runtime: null }
  const runtime = elf.needed.find((name) => sanitizers.test(name)) ?? null
  if (elf.bits !== 64 || elf.machine !== machines[process.arch]) return { path, gap: 'foreign-architecture', runtime }
  if (isPrivileged(fd)) return { path, gap: 'set-id', runtime }
  return { path, gap: elf.dynamic ? null : 'static-binary', runtime, callsKernel: elf.go }
}

/** Root gains nothing by a set-user-id bit: the loader stays in its ordinary mode (ld.so(8), AT_SECURE). */
function isPrivileged(fd: number): boolean {
  const { mode, uid, gid } = fstatSync(fd)
  if (mode & 0o4000 && uid !== process.geteuid?.()) return true
  return (mode & 0o2010) === 0o2010 && gid !== process.getegid?.()
}

function scriptInterpreter(fd: number): string | null {
  const head = Buffer.alloc(256)
  const length = readSync(fd, head, 0, head.length, 0)
  const found = /^#![ \t]*([^ \t\n\0]+)[ \t\n]/.exec(head.toString('latin1', 0, length))
  return found ? (found[1] as string) : null
}
