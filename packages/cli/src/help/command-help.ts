/** `roar COMMAND --help`, from the command's own options, so that help cannot say what the parser does not know. */
import { Cli } from 'clipanion'
import type { CommandEntry } from '../commands/entry.ts'
import { commandTable } from '../commands/table.ts'
import { printPage } from '../output/print-page.ts'
import { tableLines } from '../output/table.ts'
import { terminalOf } from '../output/terminal.ts'
import { displayWidth } from '../output/width.ts'
import { wrap } from '../output/wrap.ts'
import { usageOf } from './usage-of.ts'

export async function commandHelp(name: string, entry: CommandEntry): Promise<number> {
  const CommandType = await entry.load()
  const definition = Cli.from([CommandType], { binaryName: 'roar' }).definitions()[0]
  const lines = [`roar ${name}: ${entry.summary}`, '', `usage: ${usageOf(name, definition?.usage ?? '')}`]
  const { details, examples } = CommandType.usage ?? {}
  // A long text goes over several lines of its source.
  if (details) lines.push('', ...wrap(details.trim().replace(/\n[ \t]+/g, ' '), terminalOf(1).columns))
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
  if (rows.length === 0) return
  const { columns } = terminalOf(1)
  const left = Math.max(...rows.map(([word = '']) => displayWidth(word))) + 4
  // Commands stay whole, to be taken over by the mouse; what is said of them is broken where there is room for it.
  const room = left + 20 < columns ? columns : Number.POSITIVE_INFINITY
  lines.push('', title, ...tableLines(rows).flatMap((line) => wrap(`  ${line}`, room, left)))
}
