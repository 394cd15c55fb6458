/** The kernel would not start the command. */
import { constants } from 'node:os'
import { RoarError } from '@roar/core'

/** `error`: name of an errno. */
export function startRefused(command: string, error: string): RoarError {
  const missing = error === 'ENOENT' || error === 'ENOTDIR'
  return new RoarError(
    missing ? 'ROAR_COMMAND_NOT_FOUND' : 'ROAR_COMMAND_NOT_EXECUTABLE',
    `${command}: ${missing ? 'command not found' : `cannot be executed (${error})`}`,
    {
      cause: missing ? 'It, or the interpreter that its first line names, is not there.' : (explanations[error] ?? ''),
      remedy: [`ls -l ${command}`, `file ${command}`],
      exitCode: missing ? 127 : 126,
    },
  )
}

const explanations: Readonly<Record<string, string>> = {
  EACCES: 'Its mode, or that of a directory above it, does not let you execute it.',
  ENOEXEC: 'It is neither a program for this machine nor a script with a #! line.',
  E2BIG: 'Its arguments and environment are longer than the kernel allows.',
  EILSEQ: 'A word of it is not UTF-8, and without its launcher roar cannot hand that on.',
  ETXTBSY: 'It is being written.',
}

export const errnoName = (number: number): string =>
  Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? `errno ${number}`
