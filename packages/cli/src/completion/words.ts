/** Every command with its options, asked from the commands themselves. */
import { Cli } from 'clipanion'
import type { CommandTable } from '../commands/entry.ts'

export interface CompletionWord {
  readonly command: string
  readonly summary: string
  readonly options: readonly string[]
}

export const completionWords = (table: CommandTable): Promise<readonly CompletionWord[]> =>
  Promise.all(
    Object.entries(table).map(async ([command, entry]) => {
      const options = Cli.from([await entry.load()], { binaryName: 'roar' }).definitions()[0]?.options ?? []
      return {
        command,
        summary: entry.summary,
        options: options.flatMap((option) => option.definition.match(/--?[a-zA-Z][\w-]*/g) ?? []),
      }
    }),
  )
