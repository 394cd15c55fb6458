/** `roar --help`: the commands by what they are for. Static, so that it is there at once. */
import { commandTable } from '../commands/table.ts'

const head = `roar records what a command really read and wrote, and answers questions about it.

usage: roar COMMAND [options]

  a first tour:  roar init  ·  roar run python train.py  ·  roar show model.json  ·  roar dag
`

const foot = `
References: @3 (step), @B1 (build step), a job's uid, a digest or 8 digits of it, a path, session:current.
Common options: --json  -q  -v  -vv  --color auto|always|never  -C DIR  --help
\`roar COMMAND --help\` explains a command and gives examples.
`

export function overview(): string {
  const entries = Object.entries(commandTable).filter(([name]) => !name.includes(' '))
  const width = Math.max(...entries.map(([name]) => name.length))
  const groups = [...new Set(entries.map(([, entry]) => entry.group))]
  const sections = groups.map((group) => {
    const lines = entries.filter(([, entry]) => entry.group === group)
    return `\n${group}\n${lines.map(([name, entry]) => `  ${name.padEnd(width)}  ${entry.summary}\n`).join('')}`
  })
  return head + sections.join('') + foot
}
