/** The error for a command that does not exist, with the one that was probably meant. */
import { nearest, RoarError } from '@roar/core'
import { commandTable } from '../commands/table.ts'

export function unknownCommand(word: string): RoarError {
  const [near] = nearest(word, Object.keys(commandTable))
  return new RoarError('ROAR_COMMAND_UNKNOWN', `There is no command '${word}'.`, {
    exitCode: 2,
    remedy: [...(near ? [`Did you mean: roar ${near}`] : []), 'roar --help lists the commands'],
    data: { nearest: near ?? null },
  })
}
