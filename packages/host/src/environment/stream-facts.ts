/**
 * Which files the shell has put behind a command's standard streams: `tr a b < in > out` says so in no word of the command. Paths are relative to where it
 * starts. A pipe is named as one: what comes through it is in no file.
 */
import { statSync } from 'node:fs'
import { relative } from 'node:path'
import type { EnvironmentRecord } from '@roar/core'
import { type FactSource, type Facts, known } from './fact-source.ts'

const names = ['stdin', 'stdout', 'stderr'] as const
/** open(2) on Linux, as /proc/PID/fdinfo shows it: octal. */
const append = 0o2000

export interface Streams {
  readonly facts: Facts
  /** As of a `JobStart`. */
  readonly own: readonly string[]
}

/** `process`: whose streams they are, `self` or a number. Asked before the command starts. */
export function readStreams(source: FactSource, process: string | number, cwd: string): Streams {
  const [input, output, errors] = names.map((_, fd) => readStream(source, `/proc/${process}`, fd, cwd))
  const facts = [input, output, errors].map((stream, fd) => factsOf(names[fd] as string, stream ?? {}))
  const own = [
    ...(input?.file !== undefined && input.isFresh ? [`<${input.file}`] : []),
    ...(output?.file !== undefined && output.isFresh && output.file !== errors?.file ? [`>${output.file}`] : []),
  ]
  return { facts: Object.assign({}, ...facts), own }
}

interface Stream {
  readonly file?: string
  readonly isPipe?: boolean
  readonly isAppended?: boolean
  /** Opened for this command alone: a log that a batch system or a whole script writes to is another each time, and goes on where it was. */
  readonly isFresh?: boolean
}

function readStream(source: FactSource, at: string, fd: number, cwd: string): Stream {
  const target = source.link(`${at}/fd/${fd}`)
  // What a program complains of goes to a pipe wherever somebody keeps it.
  if (fd < 2 && target.startsWith('pipe:')) return { isPipe: true }
  // Of a name that is not UTF-8 the link tells a part only.
  if (!target.startsWith('/') || target.includes('\ufffd') || !isFile(target)) return {}
  const info = source.text(`${at}/fdinfo/${fd}`)
  const isAppended = (Number.parseInt(/^flags:\s*([0-7]+)/m.exec(info)?.[1] ?? '0', 8) & append) !== 0
  const isAtStart = /^pos:\s*0$/m.test(info)
  return { file: relative(cwd, target), isAppended, isFresh: isAtStart && !isAppended }
}

const factsOf = (name: string, { file, isPipe, isAppended }: Stream): Facts =>
  known({ [name]: isPipe ? 'pipe' : null, [`${name}.file`]: file, [`${name}.appends`]: isAppended ? 'yes' : null })

/** Of a job in which no command ran: its streams are those of roar. */
export function withoutStreams(record: EnvironmentRecord): EnvironmentRecord {
  const facts = Object.entries(record.facts ?? {}).filter(([name]) => !/^std(in|out|err)(\.|$)/.test(name))
  return { ...record, facts: Object.fromEntries(facts) }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
