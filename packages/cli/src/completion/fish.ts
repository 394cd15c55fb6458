/** For fish 3 and newer. */
import { below, type CompletionOption, type CompletionWord, choices, second, topLevel, valueOptions } from './words.ts'

export function fish(words: readonly CompletionWord[]): string {
  const starts = words.filter((word) => word.startsCommand)
  const two = words.map(({ command }) => command).filter((command) => command.includes(' '))
  const values = valueOptions(words).join(' ')
  const lines = words.flatMap((word) => [
    ...below(words, word.command).map((one) => offer(word.command, `-a ${second(one)}`, one.summary)),
    ...word.options.map((option) => offer(word.command, spelled(option), option.description)),
  ])
  // What starts a command: its own completions, and files only where that offers them.
  const others = starts.map(({ command }) => {
    const words = command.split(' ').length + 1
    const inner = quoted(`(__fish_complete_subcommand --fcs-skip=${words} ${values})`)
    return `complete -c roar -n ${quoted(`__roar_at ${quoted(command)} ${quoted(`${command} …`)}`)} -x -a ${inner}`
  })
  return `# Succeeds where the commands of roar on the line are one of these words; a word behind them that is none adds a dot to what starts commands.
function __roar_at
  set -l given (commandline -opc)
  set -e given[1]
  set -l command ''
  set -l skip 0
  for word in $given
    if test $skip = 1
      set skip 0
      continue
    end
    switch $word
      case ${values}
        set skip 1
      case '--'
        contains -- "$command" ${starts.map(({ command }) => quoted(command)).join(' ')}
        and set command "$command …"
        and break
      case '-*'
      case '*'
        if test -z "$command"
          set command $word
        else if contains -- "$command $word" ${two.map(quoted).join(' ')}
          set command "$command $word"
        else if contains -- "$command" ${starts.map(({ command }) => quoted(command)).join(' ')}
          set command "$command …"
          break
        end
    end
  end
  contains -- "$command" $argv
end
${topLevel(words)
  .map(({ command, summary }) => offer('', `-f -a ${command}`, summary))
  .join('\n')}
${offer('', '-l help', 'list the commands')}
${offer('', '-l version', 'print the version')}
${offer('completion', `-f -a 'bash zsh fish'`, 'shell')}
${[...lines, ...others].join('\n')}
`
}

const offer = (command: string, what: string, description: string): string =>
  `complete -c roar -n ${quoted(`__roar_at ${quoted(command)}`)} ${what} -d ${quoted(description)}`

function spelled({ names, takesValue }: CompletionOption): string {
  const words = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  const choice = names.map((name) => choices[name]).find((one) => one !== undefined)
  if (choice !== undefined) words.push(`-x -a ${quoted(choice)}`)
  else if (takesValue) words.push('-r')
  return words.join(' ')
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`
