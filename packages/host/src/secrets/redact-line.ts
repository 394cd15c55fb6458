/** Takes out of a shell's line what its programs are told: `sh -c 'tool --password x; curl -u me:x …'` is one word of the outer command. */
import { programsWithOptions } from './program-options.ts'
import { mayTell, type NamePolicy } from './redact-named.ts'
import { announced, optionsOf } from './redact-options.ts'
import { withoutAsked, withoutCommands } from './redact-said.ts'
import { isSecretName, kindOfName, marker } from './secret-names.ts'

/** Quoted parts hold blanks together; what divides commands begins a new one. */
const piece = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s;&|()`"'\\])+|[;&|()`\n]/g
/** Its value is the next word. */
const option = /\s--?([A-Za-z][\w.-]+)(?=\s)/g
/** `setenv TOKEN x`, and fish's `set -x TOKEN x`. */
const setting = /\b((?:setenv|set\s+-\w+)\s+)([A-Za-z_]\w*)(\s+)("[^"]*"|'[^']*'|[^\s;&|"']+)/g

export function redactLine(line: string, policy: NamePolicy): string {
  const plain = withoutCommands(withoutAsked(line)).replace(setting, (all, verb: string, name: string, gap: string) =>
    isSecretName(name) ? `${verb}${name}${gap}${marker(kindOfName(name))}` : all,
  )
  return tells(plain, policy) ? withoutOptions(plain, policy) : plain
}

/** Builds have such lines by the ten thousand: they are taken apart only where an option or a program may have a secret. */
function tells(line: string, policy: NamePolicy): boolean {
  if (programsWithOptions.test(line) || /\sset\s/.test(line)) return true
  for (const [, name = ''] of line.matchAll(option)) if (mayTell(name, policy)) return true
  return false
}

function withoutOptions(line: string, policy: NamePolicy): string {
  let command: string[] = []
  return line.replace(piece, (word) => {
    if (/^[;&|()`\n]$/.test(word)) {
      command = []
      return word
    }
    const before = command.at(-1)
    const verb = command.at(-2)
    command.push(bare(word))
    if (before === undefined) return word
    const clean = announced(before, bare(word), policy, verb) ?? optionsOf(command)(command.length - 1)
    return clean === null ? word : `${quoteOf(word)}${clean}${quoteOf(word)}`
  })
}

const quoteOf = (word: string): string => /^(["']).*\1$/s.exec(word)?.[1] ?? ''
const bare = (word: string): string => (quoteOf(word) ? word.slice(1, -1) : word)
