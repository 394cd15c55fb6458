/** From an argument list to one loaded command, run, and its exit code. */
import { RoarError } from '@roar/core'
import { splitArguments } from './arguments.ts'
import { commandTable } from './commands/table.ts'
import { separateCommand } from './run/separate-command.ts'

export async function dispatch(argv: readonly string[]): Promise<number> {
  const names = new Set(Object.keys(commandTable))
  const { path, rest, word } = splitArguments(argv, names)
  const name = path.join(' ')
  const entry = commandTable[name]
  if (entry === undefined) return withoutCommand(rest, word)
  if (asksForHelp(rest)) return (await import('./help/command-help.ts')).commandHelp(name, entry)
  const { runCommand } = await import('./run-command.ts')
  return runCommand(name, await entry.load(), entry.startsCommand ? separated(rest) : rest)
}

/** Options of `run` and `build` that take the next word. */
const withValue = new Set(['-C', '--color', '--tracer', '-n', '--name', '--hash', '--tag', '--json-file'])

const separated = (rest: readonly string[]): readonly string[] => {
  const { options, command } = separateCommand(rest, withValue)
  return [...options, '--', ...command]
}

/** Everything after `--`, or after the first word of a command that is run, belongs to somebody else. */
function asksForHelp(rest: readonly string[]): boolean {
  for (const argument of rest) {
    if (argument === '--help' || argument === '-h') return true
    if (argument === '--' || !argument.startsWith('-')) return false
  }
  return false
}

async function withoutCommand(rest: readonly string[], word: string | null): Promise<number> {
  if (word === null && asksForHelp(rest)) return (await import('./help/overview.ts')).helpFor([])
  const { refuse } = await import('./refuse.ts')
  const { unknownCommand } = await import('./help/unknown-command.ts')
  const message = word === null ? 'No command is given.' : null
  return refuse(rest, message === null ? unknownCommand(word as string) : new RoarError('ROAR_USAGE', message, usage))
}

const usage = { exitCode: 2, remedy: ['roar --help lists the commands'] }
