/** For zsh: to be evaluated after compinit, or kept as `_roar` in a directory of fpath. */
import { below, type CompletionWord, choices, patterns, topLevel, valueOptions } from './words.ts'

export function zsh(words: readonly CompletionWord[]): string {
  const { starts, twoWords } = patterns(words)
  const cases = words.map(
    (word) => `    '${word.command}')
      below=(${described(below(words, word.command).map((one) => [one.command.split(' ')[1] ?? '', one.summary]))})
      options=(${described(word.options.flatMap((one) => one.names.map((name) => [name, one.description])))}) ;;`,
  )
  const values = Object.entries(choices).map(([option, value]) => `      ${option}) compadd -- ${value} ;;`)
  return `#compdef roar
_roar() {
  local -a below options
  local command='' more='' i word
  for ((i = 2; i < CURRENT; i++)); do
    word=$words[i]
    case $word in
      (--) case $command in (${starts}) _roar_other $((i + 1)); return ;; esac ;;
      (${valueOptions(words).join('|')}) ((i++)) ;;
      (-*) ;;
      (*)
        if [[ -z $command ]]; then command=$word; continue; fi
        case $command in (${starts}) _roar_other $i; return ;; esac
        case "$command $word" in (${twoWords}) command="$command $word" ;; (*) more=1 ;; esac ;;
    esac
  done
  if ((i > CURRENT)); then
    case $words[CURRENT-1] in
${values.join('\n')}
      (*) _files ;;
    esac
    return
  fi
  case $command in
    '')
      below=(${described(topLevel(words).map(({ command, summary }) => [command, summary]))})
      options=('--help:list the commands' '--version:print the version' '--color:auto, always or never' '-C:work as if started there') ;;
${cases.join('\n')}
  esac
  if [[ $words[CURRENT] == -* ]]; then _describe -o option options; return; fi
  case $command in
    (${starts}) _roar_other $CURRENT; return ;;
    (completion) compadd -- bash zsh fish; return ;;
  esac
  [[ -z $more ]] && ((\${#below})) && _describe command below && return
  [[ -n $command ]] && _files
}
# A command with completions of its own, from the word with this number on.
_roar_other() {
  shift $(($1 - 1)) words
  ((CURRENT -= $1 - 1))
  _normal
}
if [[ $funcstack[1] == _roar ]]; then _roar "$@"; else compdef _roar roar; fi
`
}

/** As _describe reads it: a colon parts the word from what is said of it. */
const described = (entries: readonly (readonly [string, string])[] | readonly string[][]): string =>
  entries.map(([word, text]) => quoted(`${word?.replaceAll(':', '\\:')}:${text}`)).join(' ')

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
