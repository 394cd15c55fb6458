/** What a command inherits as standard input and output: a file of the scratch directory where the case says so, else nothing and a pipe. */
import { closeSync, constants, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseFile } from './case-file.ts'

export interface StandardStreams {
  /** Paths; null for none. */
  readonly stdin: string | null
  readonly stdout: string | null
}

export const standardStreams = (one: CaseFile, scratch: string): StandardStreams => ({
  stdin: one.stdin && join(scratch, one.stdin),
  stdout: one.stdout && join(scratch, one.stdout),
})

/** Opens them as a shell would for `<` and `>`, for as long as it takes to start. */
export function withStreams<T>(streams: StandardStreams, start: (stdio: ('ignore' | 'pipe' | number)[]) => T): T {
  const stdin = streams.stdin === null ? null : openSync(streams.stdin, 'r')
  const stdout = streams.stdout === null ? null : openSync(streams.stdout, constants.O_WRONLY | constants.O_TRUNC)
  try {
    return start([stdin ?? 'ignore', stdout ?? 'pipe', 'pipe'])
  } finally {
    for (const fd of [stdin, stdout]) if (fd !== null) closeSync(fd)
  }
}

/** Printed to a file instead of the pipe. */
export const printedTo = ({ stdout }: StandardStreams): string =>
  stdout === null ? '' : readFileSync(stdout, 'latin1')
