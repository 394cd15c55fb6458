/** `< in.txt > out.txt`: the files behind the standard streams as a shell is told them, of the facts that are recorded. Empty: none. */
import { shellWords } from '@roar/core'

type Facts = Readonly<Record<string, string>>

export function redirections(facts: Facts): string {
  const isOne = facts['stderr.file'] !== undefined && facts['stderr.file'] === facts['stdout.file']
  const written = [to(facts, '', 'stdout'), isOne ? '2>&1' : to(facts, '2', 'stderr')]
  const read = facts['stdin.file'] === undefined ? '' : `< ${shellWords([facts['stdin.file']])}`
  return [read, ...written].filter((one) => one !== '').join(' ')
}

function to(facts: Facts, number: string, name: string): string {
  const file = facts[`${name}.file`]
  if (file === undefined) return ''
  return `${number}${facts[`${name}.appends`] ? '>>' : '>'} ${shellWords([file])}`
}
