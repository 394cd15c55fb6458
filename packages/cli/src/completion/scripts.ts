/** The completion scripts. Commands and options are written into them, so that completing never starts roar. */
import type { CompletionWord } from './words.ts'

export const completionScripts: Readonly<Record<string, (words: readonly CompletionWord[]) => string>> = {
  bash,
  zsh,
  fish,
}

const topLevel = (words: readonly CompletionWord[]): readonly CompletionWord[] =>
  words.filter(({ command }) => !command.includes(' '))

/** The second words of a command that has some: `config` → list get set unset. */
const below = (words: readonly CompletionWord[], parent: string): readonly CompletionWord[] =>
  words.filter(({ command }) => command.startsWith(`${parent} `))

const second = ({ command }: CompletionWord): string => command.split(' ')[1] ?? ''

const choices = (words: readonly CompletionWord[], { command, options }: CompletionWord): string =>
  [...below(words, command).map(second), ...options, '--help'].join(' ')

function bash(words: readonly CompletionWord[]): string {
  const cases = topLevel(words).map((word) => `    ${word.command}) words='${choices(words, word)}' ;;`)
  return `_roar() {
  local cur=\${COMP_WORDS[COMP_CWORD]} words i
  # After run, build and their options comes a command with completions of its own.
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      --) _command_offset $((i + 1)) 2>/dev/null; return ;;
    esac
  done
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${topLevel(words)
      .map((word) => word.command)
      .join(' ')} --help --version' -- "$cur"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  [[ $cur == -* || $COMP_CWORD -eq 2 ]] && COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -o bashdefault -F _roar roar
`
}

function zsh(words: readonly CompletionWord[]): string {
  const commands = topLevel(words).map((word) => `    '${word.command}:${word.summary.replaceAll("'", "'\\''")}'`)
  const cases = topLevel(words).map((word) => `    ${word.command}) compadd -- ${choices(words, word)}; _files ;;`)
  return `#compdef roar
_roar() {
  local -a commands=(
${commands.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  case $words[2] in
${cases.join('\n')}
  esac
}
compdef _roar roar
`
}

function fish(words: readonly CompletionWord[]): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`
  const lines = topLevel(words).flatMap((word) => {
    const after = `-n ${quoted(`__fish_seen_subcommand_from ${word.command}`)}`
    const options = word.options
      .filter((option) => option.startsWith('--'))
      .map((option) => `complete -c roar ${after} -l ${option.slice(2)}`)
    const seconds = below(words, word.command).map(
      (one) => `complete -c roar ${after} -a ${quoted(second(one))} -d ${quoted(one.summary)}`,
    )
    return [
      `complete -c roar -n __fish_use_subcommand -a ${quoted(word.command)} -d ${quoted(word.summary)}`,
      ...seconds,
      ...options,
    ]
  })
  return `${lines.join('\n')}\n`
}
