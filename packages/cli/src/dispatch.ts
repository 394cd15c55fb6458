/** From an argument list to one loaded command, run, and its exit code. */
import { RoarError } from '@roar/core'
import { joinRegistry, splitArguments } from './arguments.ts'
import type { CommandEntry } from './commands/entry.ts'
import { commandTable } from './commands/table.ts'
import { printPage } from './output/print-page.ts'
import { withValue } from './run/recording-options.ts'
import { wholeWords, withBytes } from './words/argument-bytes.ts'
import { separateCommand } from './words/separate-command.ts'

export async function dispatch(argv: readonly string[]): Promise<number> {
  const names = new Set(Object.keys(commandTable))
  const { path, rest, word } = splitArguments(argv, names)
  const name = path.join(' ')
  const entry = commandTable[name]
  if (entry === undefined) return withoutCommand(rest, word)
  if (asksForHelp(rest, entry.startsCommand || name === 'tracer check'))
    return (await import('./help/command-help.ts')).commandHelp(name, entry)
  const spelled = splitArguments(withBytes(argv), names).rest
  if (entry.startsCommand) return record(name, entry, rest, spelled)
  const { runCommand } = await import('./run-command.ts')
  return runCommand(name, await entry.load(), joinRegistry(spelled))
}

/** `run` and `build`: everything from the first word on is somebody else's command line. */
async function record(
  name: string,
  entry: CommandEntry,
  rest: readonly string[],
  spelled: readonly string[],
): Promise<number> {
  const { command } = separateCommand(rest, withValue)
  const { options } = separateCommand(spelled, withValue)
  const { runCommand } = await import('./run-command.ts')
  // Nothing was started: a 2 would be taken for the command's own.
  const code = await runCommand(name, await entry.load(), [...options, '--', ...wholeWords(command)], 125)
  const { endLaunch } = await import('./launch/index.ts')
  endLaunch()
  return code
}

/** Everything after `--`, or after the first word of a command that is run or looked at, belongs to somebody else. */
function asksForHelp(rest: readonly string[], takesCommand = false): boolean {
  for (const argument of rest) {
    if (argument === '--help' || argument === '-h') return true
    if (argument === '--' || (takesCommand && !argument.startsWith('-'))) return false
  }
  return false
}

async function withoutCommand(rest: readonly string[], word: string | null): Promise<number> {
  if (word === null && rest.some((argument) => argument === '--help' || argument === '-h')) {
    const { overview } = await import('./help/overview.ts')
    return printPage(overview())
  }
  const { refuse } = await import('./refuse.ts')
  return refuse(
    rest,
    word === null ? await noCommand(rest) : (await import('./help/unknown-command.ts')).unknownCommand(word),
  )
}

async function noCommand(rest: readonly string[]): Promise<RoarError> {
  const { firstUnknownOption, unknownOption } = await import('./help/usage-error.ts')
  const option = firstUnknownOption(rest, ownOptions)
  if (option !== null) return unknownOption('roar', option, ownOptions)
  return new RoarError('ROAR_USAGE', 'No command is given.', {
    exitCode: 2,
    remedy: ['roar --help lists the commands'],
  })
}

const ownOptions = ['--help', '-h', '--version', '-V', '--json', '--quiet', '-q', '--verbose', '-v', '--color', '-C']
