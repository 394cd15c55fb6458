/** Parses the arguments of one command, performs it, and turns whatever is thrown into a report and an exit code. */
import { Cli, type CommandClass } from 'clipanion'
import { usageError } from './help/usage-error.ts'
import { refuse } from './refuse.ts'
import { unglue } from './words/unglue.ts'

/** `refused`: the exit code when the words cannot be understood, where it is not that of the error. */
export async function runCommand(
  name: string,
  CommandType: CommandClass,
  rest: readonly string[],
  refused?: number,
): Promise<number> {
  const cli = Cli.from([CommandType], { binaryName: 'roar' })
  try {
    return await cli.process([...name.split(' '), ...unglue(rest, shortWithValue(cli))]).validateAndExecute()
  } catch (error) {
    const reason = isSyntaxError(error) ? usageError(name, rest, cli.definitions()[0], firstReason(error)) : error
    return refuse(rest, reason, refused)
  }
}

function shortWithValue(cli: Cli): ReadonlySet<string> {
  const options = (cli.definitions()[0]?.options ?? []).filter(({ definition }) => definition.includes('#'))
  return new Set(options.flatMap(({ definition }) => definition.match(/(?<!-)-[a-zA-Z]\b(?!-)/g) ?? []))
}

const isSyntaxError = (error: unknown): error is Error => error instanceof Error && 'clipanion' in error

/** Clipanion's message is the reason, a blank line, then the usage. */
const firstReason = (error: Error): string => error.message.split('\n\n')[0]?.trim() || error.message
