/** `roar completion SHELL`: a script that completes commands and options. */
import { RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import { visible } from '../output/escape.ts'
import type { Report } from '../output/report.ts'
import { writeAll } from '../output/terminal.ts'
import type { CommandTable } from './entry.ts'
import { RoarCommand } from './roar-command.ts'

/** It completes the commands of the table that it stands in itself. */
export const completionCommand = (table: CommandTable) =>
  class CompletionCommand extends RoarCommand {
    static override paths = [['completion']]
    static override usage = Command.Usage({
      details: 'Prints a script for bash, zsh or fish.',
      examples: [
        ['bash, in ~/.bashrc', 'eval "$(roar completion bash)"'],
        ['zsh, in ~/.zshrc after compinit', 'eval "$(roar completion zsh)"'],
        ['fish', 'roar completion fish > ~/.config/fish/completions/roar.fish'],
      ],
    })

    shell = Option.String({ name: 'SHELL' })

    async perform(_report: Report): Promise<void> {
      const { completionScripts } = await import('../completion/scripts.ts')
      const { completionWords } = await import('../completion/words.ts')
      const make = completionScripts[this.shell]
      if (make) return writeAll(1, make(await completionWords(table)))
      throw new RoarError('ROAR_USAGE', `There is no completion for '${visible(this.shell)}'.`, {
        exitCode: 2,
        remedy: ['Shells: bash, zsh, fish.'],
      })
    }
  }
