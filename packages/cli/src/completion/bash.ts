/** For bash 3.2 and newer. Files are what `-o default` completes wherever nothing of ours is offered. */
import { below, type CompletionWord, choices, namesOf, patterns, second, topLevel, valueOptions } from './words.ts'

export function bash(words: readonly CompletionWord[]): string {
  const { starts, twoWords } = patterns(words)
  const top = topLevel(words).map(({ command }) => command)
  const cases = words.map((word) => `    '${word.command}') words='${offered(words, word)}' ;;`)
  const values = Object.entries(choices).map(([option, value]) => `    ${option}) words='${value}' ;;`)
  return `_roar() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words='' command='' more='' i word
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case $word in
      --) case $command in ${starts}) _roar_other $((i + 1)); return ;; esac ;;
      ${valueOptions(words).join('|')}) ((i++)) ;;
      -*) ;;
      *)
        if [[ -z $command ]]; then command=$word; continue; fi
        case $command in ${starts}) _roar_other $i; return ;; esac
        case "$command $word" in ${twoWords}) command="$command $word" ;; *) more=1 ;; esac ;;
    esac
  done
  if ((i > COMP_CWORD)); then
    case $prev in
${values.join('\n')}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    return
  fi
  case $command in
    ${starts}) [[ $cur == -* ]] || { _roar_other $COMP_CWORD; return; } ;;
  esac
  case $command in
    '') words='${top.join(' ')} --help --version --color -C' ;;
    completion) [[ $cur == -* ]] || words='bash zsh fish' ;;
  esac
  [[ -n $words ]] || case $command in
${cases.join('\n')}
  esac
  # Behind a word of its own a command takes no other command.
  [[ $cur == -* ]] || { [[ -z $more ]] && words=" $words" || words=''; words=\${words%% -*}; }
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
# A command with completions of its own, from the word with this number on.
_roar_other() {
  if declare -F _command_offset >/dev/null; then _command_offset $1
  elif (($1 == COMP_CWORD)); then COMPREPLY=($(compgen -c -- "\${COMP_WORDS[COMP_CWORD]}"))
  fi
}
complete -o default -o bashdefault -F _roar roar
`
}

/** Commands first: what starts with a dash ends them. */
const offered = (words: readonly CompletionWord[], { command, options }: CompletionWord): string =>
  [...below(words, command).map(second), ...namesOf(options)].join(' ')
