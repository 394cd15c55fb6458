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

/** `process`: whose streams they are, `self` or a number. */
export function streamFacts(source: FactSource, process: string | number, cwd: string): Facts {
  return Object.assign({}, ...names.map((name, fd) => streamFact(source, `/proc/${process}`, fd, name, cwd)))
}

function streamFact(source: FactSource, at: string, fd: number, name: string, cwd: string): Facts {
  const target = source.link(`${at}/fd/${fd}`)
  if (fd === 0 && target.startsWith('pipe:')) return known({ stdin: 'pipe' })
  // Of a name that is not UTF-8 the link tells a part only.
  if (!target.startsWith('/') || target.includes('\ufffd') || !isFile(target)) return {}
  const flags = /^flags:\s*([0-7]+)/m.exec(source.text(`${at}/fdinfo/${fd}`))?.[1] ?? '0'
  const isAppended = (Number.parseInt(flags, 8) & append) !== 0
  return known({ [`${name}.file`]: relative(cwd, target), [`${name}.appends`]: isAppended ? 'yes' : null })
}

/** Of a job in which no command ran: its streams are those of roar. */
export function withoutStreams(record: EnvironmentRecord): EnvironmentRecord {
  const facts = Object.entries(record.facts ?? {}).filter(([name]) => !/^std(in|out|err)(\.|$)/.test(name))
  return { ...record, facts: Object.fromEntries(facts) }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
