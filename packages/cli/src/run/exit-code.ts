/** The exit code that a shell would have given. */
import { constants } from 'node:os'
import type { ExitStatus } from '@roar/core'

export function shellExitCode({ exitCode, signal }: ExitStatus): number {
  if (exitCode !== null) return exitCode
  return 128 + (signal === null ? 0 : (constants.signals[signal as NodeJS.Signals] ?? 0))
}
