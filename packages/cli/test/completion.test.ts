// What the shells offer, asked from the shells themselves.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hasTool, onPath } from './tools.ts'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())

/** A line, a word that is offered for its end, and one that is not. */
const lines = [
  ['roar st', 'status', 'config'],
  ['roar -C /tmp --color never st', 'status', 'show'],
  ['roar config s', 'set', 'get'],
  ['roar config set --', '--user', '--origin'],
  ['roar registry serve --l', '--listen', '--limit'],
  ['roar log --no', '--no-dirty', '--no-open'],
  ['roar run --al', '--allow-dirty', '--all'],
  ['roar run -n name gre', 'grep', 'status'],
  ['roar run -- gre', 'grep', 'status'],
  ['roar tracer check gre', 'grep', 'enable'],
  ['roar run grep --al', '', '--allow-dirty'],
  ['roar export @1 --format p', 'prov', 'preload'],
  ['roar run --tracer p', 'preload', 'prov'],
  ['roar completion ', 'zsh', 'status'],
  ['roar show ', '', '--json'],
] as const

const offers = (offered: string, [line, wanted, other]: (typeof lines)[number]): void => {
  const words = offered.split(/\s+/)
  expect(words, line).not.toContain(other)
  if (wanted !== '') expect(words, line).toContain(wanted)
}

const bash = (line: string): string => `
  eval "$($roar completion bash)"
  line='${line}'; COMP_WORDS=($line); [[ $line == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _roar; printf '%s\\n' "\${COMPREPLY[@]}"`

it('bash is offered what fits at the cursor, and nothing else', () => {
  for (const line of lines) offers(w.shell(bash(line[0])).out, line)
})

describe.skipIf(!hasTool(onPath('fish')))('fish (needs fish)', () => {
  it('is offered what fits at the cursor, and nothing else', () => {
    const folder = join(w.place, 'home/.config/fish/completions')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'roar.fish'), w.must('completion', 'fish').out, 'latin1')
    const said = lines.map(([line]) => w.command('fish', '-c', `complete -C '${line}' | string split -f1 \\t`))
    for (const [i, line] of lines.entries()) offers(said[i]?.out ?? '', line)
  })
})

describe.skipIf(!hasTool(onPath('zsh')))('zsh (needs zsh)', () => {
  it('takes the script, and knows where a command of somebody else begins', () => {
    const stubs =
      'compdef() { :; }; compadd() { shift; print -l -- $@; }; _files() { :; }; _normal() { print inner $words; }'
    const describes = `_describe() { shift; [[ $1 == -o || $1 == option ]] && shift; print -l -- \${(P)1%%:*}; }`
    const ask = (line: string): string => {
      const script = `${stubs}; ${describes}; eval "$($roar completion zsh)"; words=(\${=1}); CURRENT=$#words; _roar`
      return w.shell(`zsh -fc '${script}' zsh '${line}'`).out
    }
    expect(ask('roar config set --')).toContain('--user')
    expect(ask('roar config set --')).not.toContain('--origin')
    expect(ask('roar run -n name git che')).toBe('inner git che\n')
    expect(ask('roar run -- git che')).toBe('inner git che\n')
    expect(ask('roar run --tracer p')).toContain('ptrace')
  })
})
