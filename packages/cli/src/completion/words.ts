/** Every command with its options, asked from the commands themselves. */
import { Cli } from 'clipanion'
import { commandTable } from '../commands/table.ts'

export interface CompletionWord {
  readonly command: string
  readonly summary: string
  readonly options: readonly string[]
}

export const completionWords = (): Promise<readonly CompletionWord[]> =>
  Promise.all(
    Object.entries(commandTable).map(async ([command, entry]) => {
      const options = Cli.from([await entry.load()], { binaryName: 'roar' }).definitions()[0]?.options ?? []
      return {
        command,
        summary: entry.summary,
        options: options.flatMap((option) => option.definition.match(/--?[a-zA-Z][\w-]*/g) ?? []),
      }
    }),
  )
