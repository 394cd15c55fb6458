/** Every command with its options, asked from the commands themselves. */
import { Cli } from 'clipanion'
import type { CommandTable } from '../commands/entry.ts'

export interface CompletionOption {
  /** `-n`, `--name`; those that are said of an option in its description too: `--no-dirty`. */
  readonly names: readonly string[]
  /** The next word is its value. */
  readonly takesValue: boolean
  readonly description: string
}

export interface CompletionWord {
  /** `config`, `config set`. */
  readonly command: string
  readonly summary: string
  /** What follows its options is a command of somebody else's. */
  readonly startsCommand: boolean
  readonly options: readonly CompletionOption[]
}

/** Words that an option takes, where they are few and always the same. */
export const choices: Readonly<Record<string, string>> = {
  '--color': 'auto always never',
  '--tracer': 'auto preload ptrace hybrid ebpf',
  '--accept': 'identical content tolerance',
  '--format': 'slsa prov ro-crate openlineage',
}

export const completionWords = (table: CommandTable): Promise<readonly CompletionWord[]> =>
  Promise.all(
    Object.entries(table).map(async ([command, entry]) => {
      const options = Cli.from([await entry.load()], { binaryName: 'roar' }).definitions()[0]?.options ?? []
      const startsCommand = entry.startsCommand === true || command === 'tracer check'
      return { command, summary: entry.summary, startsCommand, options: [...options.map(completed), help] }
    }),
  )

const help: CompletionOption = { names: ['--help'], takesValue: false, description: 'explain it, with examples' }

function completed({ definition, description = '' }: { definition: string; description?: string }): CompletionOption {
  const names = [...(definition.match(/--?[a-zA-Z][\w-]*/g) ?? []), ...(description.match(/--no-[\w-]+/g) ?? [])]
  return { names: [...new Set(names)], takesValue: definition.includes('#'), description }
}

export const namesOf = (options: readonly CompletionOption[]): readonly string[] =>
  options.flatMap(({ names }) => names)

/** Of all commands: an option takes a value wherever it is known. */
export const valueOptions = (words: readonly CompletionWord[]): readonly string[] => [
  ...new Set(words.flatMap(({ options }) => namesOf(options.filter((one) => one.takesValue)))),
]

export const topLevel = (words: readonly CompletionWord[]): readonly CompletionWord[] =>
  words.filter(({ command }) => !command.includes(' '))

/** The commands below one: of `config` list, get, set, unset. */
export const below = (words: readonly CompletionWord[], parent: string): readonly CompletionWord[] =>
  words.filter(({ command }) => command.startsWith(`${parent} `))

export const second = ({ command }: CompletionWord): string => command.split(' ')[1] ?? ''

/** The commands that others start with, and those of two words, as patterns of a shell's `case`. */
export function patterns(words: readonly CompletionWord[]): { starts: string; twoWords: string } {
  const quoted = (some: readonly CompletionWord[]): string => some.map(({ command }) => `'${command}'`).join('|')
  return {
    starts: quoted(words.filter((word) => word.startsCommand)),
    twoWords: quoted(words.filter(({ command }) => command.includes(' '))),
  }
}
