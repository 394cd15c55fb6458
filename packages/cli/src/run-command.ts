/** Parses the arguments of one command, performs it, and turns whatever is thrown into a report and an exit code. */
import { nearest, RoarError } from '@roar/core'
import { Cli, type CommandClass } from 'clipanion'
import { visible } from './output/escape.ts'
import { refuse } from './refuse.ts'

export async function runCommand(name: string, CommandType: CommandClass, rest: readonly string[]): Promise<number> {
  const cli = Cli.from([CommandType], { binaryName: 'roar' })
  try {
    return await cli.process([...name.split(' '), ...rest]).validateAndExecute()
  } catch (error) {
    const known = (cli.definitions()[0]?.options ?? []).flatMap((option) => option.definition.match(/--?[\w-]+/g) ?? [])
    return refuse(rest, isSyntaxError(error) ? usageError(name, rest, known, error) : error)
  }
}

const isSyntaxError = (error: unknown): error is Error => error instanceof Error && 'clipanion' in error

function usageError(name: string, rest: readonly string[], known: readonly string[], error: Error): RoarError {
  const help = `roar ${name} --help shows its options`
  const option = firstUnknownOption(rest, known)
  if (option === null) return new RoarError('ROAR_USAGE', firstReason(error), { exitCode: 2, remedy: [help] })
  const [near] = nearest(option, known)
  return new RoarError('ROAR_OPTION_UNKNOWN', `roar ${name} has no option ${visible(option)}.`, {
    exitCode: 2,
    remedy: [...(near ? [`Did you mean: ${near}`] : []), help],
    data: { nearest: near ?? null },
  })
}

function firstUnknownOption(rest: readonly string[], known: readonly string[]): string | null {
  const end = rest.indexOf('--')
  const options = (end === -1 ? rest : rest.slice(0, end)).filter((argument) => /^-/.test(argument) && argument !== '-')
  const names = options.map((argument) => argument.replace(/=.*/s, ''))
  return names.find((option) => !known.includes(option) && !isBatch(option, known)) ?? null
}

/** `-vq`, `-vv`: short options written together. */
const isBatch = (option: string, known: readonly string[]): boolean =>
  /^-\w\w+$/.test(option) && [...option.slice(1)].every((letter) => known.includes(`-${letter}`))

/** Clipanion's message is the reason, a blank line, then the usage. */
const firstReason = (error: Error): string => error.message.split('\n\n')[0]?.trim() || error.message
