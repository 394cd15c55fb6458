/** `roar COMMAND --help`, from the command's own options, so that help cannot say what the parser does not know. */
import { Cli } from 'clipanion'
import type { CommandEntry } from '../commands/entry.ts'
import { commandTable } from '../commands/table.ts'
import { printPage } from '../output/print-page.ts'
import { tableLines } from '../output/table.ts'
import { usageOf } from './usage-of.ts'

export async function commandHelp(name: string, entry: CommandEntry): Promise<number> {
  const CommandType = await entry.load()
  const definition = Cli.from([CommandType], { binaryName: 'roar' }).definitions()[0]
  const lines = [`roar ${name}: ${entry.summary}`, '', `usage: ${usageOf(name, definition?.usage ?? '')}`]
  const { details, examples } = CommandType.usage ?? {}
  // A long text goes over several lines of its source; the terminal breaks it where it is wide.
  if (details) lines.push('', details.trim().replace(/\n[ \t]+/g, ' '))
  const below = Object.entries(commandTable).filter(([path]) => path.startsWith(`${name} `))
  section(
    lines,
    'commands',
    below.map(([path, one]) => [`roar ${path}`, one.summary]),
  )
  section(
    lines,
    'options',
    (definition?.options ?? []).map((option) => [
      option.definition.replace(/#\d+/g, 'VALUE'),
      option.description ?? '',
    ]),
  )
  section(
    lines,
    'examples',
    (examples ?? []).map(([what, command]) => [command.replace('$0', 'roar'), what]),
  )
  return printPage(`${lines.join('\n')}\n`)
}

function section(lines: string[], title: string, rows: readonly (readonly string[])[]): void {
  if (rows.length > 0) lines.push('', title, ...tableLines(rows).map((line) => `  ${line}`))
}
