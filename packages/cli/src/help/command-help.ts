/** `roar COMMAND --help`, from the command's own options, so that help cannot say what the parser does not know. */
import { Cli } from 'clipanion'
import type { CommandEntry } from '../commands/entry.ts'
import { commandTable } from '../commands/table.ts'
import { tableLines } from '../output/table.ts'
import { writeAll } from '../output/terminal.ts'

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
  writeAll(1, `${lines.join('\n')}\n`)
  return 0
}

function section(lines: string[], title: string, rows: readonly (readonly string[])[]): void {
  if (rows.length > 0) lines.push('', title, ...tableLines(rows).map((line) => `  ${line}`))
}

/** As people write it: the parser gives a word that may be repeated once for each that must be there, and then dots. */
function usageOf(name: string, given: string): string {
  const words = [...given.matchAll(/<([^>]+)>|(\[[^\]]+\])|(\.\.\.)/g)].map(
    ([, needed, optional]) => needed ?? optional ?? '…',
  )
  const once = words.filter((word, i) => word !== words[i - 1])
  const repeated = once.at(-1) === '…' ? once.slice(0, -1) : null
  if (repeated?.length === 0) return `roar ${name} [options] [--] COMMAND…`
  const last = repeated?.at(-1) ?? ''
  const shown = repeated ? [...repeated.slice(0, -1), last.includes('…') ? last : `${last}…`] : once
  return ['roar', name, '[options]', ...shown].join(' ')
}
