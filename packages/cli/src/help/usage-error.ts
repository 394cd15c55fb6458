/** The error for words that a command's parser does not take, in our words: what is missing or too many, and what was probably meant. */
import { nearest, RoarError } from '@roar/core'
import type { Definition } from 'clipanion'
import { commandTable } from '../commands/table.ts'
import { visible } from '../output/escape.ts'
import { usageOf } from './usage-of.ts'

/** `rest`: the words behind the command's name. `reason`: what the parser says. */
export function usageError(
  name: string,
  rest: readonly string[],
  definition: Definition | undefined,
  reason: string,
): RoarError {
  const known = (definition?.options ?? []).flatMap(namesOf)
  const option = firstUnknownOption(rest, known)
  if (option !== null) return unknownOption(`roar ${name}`, option, known)
  const word = /^Extraneous positional argument \("(.*)"\)/s.exec(reason)?.[1]
  const meant = word === undefined ? null : unknownBelow(name, rest, definition?.usage ?? '')
  if (meant !== null) return meant
  const message = word === undefined ? lacking(name, definition, reason) : `'${visible(word)}' is a word too many.`
  const usage = `usage: ${usageOf(name, definition?.usage ?? '')}`
  return new RoarError('ROAR_USAGE', message, { exitCode: 2, remedy: [usage, shows(`roar ${name}`)] })
}

/** `program`: `roar`, or `roar log`. */
export function unknownOption(program: string, option: string, known: readonly string[]): RoarError {
  // Any one letter is near to any other.
  const [near] = option.length > 2 ? nearest(option, known) : []
  return new RoarError('ROAR_OPTION_UNKNOWN', `${program} has no option ${visible(option)}.`, {
    exitCode: 2,
    remedy: [...(near ? [`Did you mean: ${near}`] : []), shows(program)],
    data: { nearest: near ?? null },
  })
}

const namesOf = (option: { readonly definition: string }): readonly string[] =>
  option.definition.match(/--?[\w-]+/g) ?? []

const shows = (program: string): string => `${program} --help shows its options`

export function firstUnknownOption(rest: readonly string[], known: readonly string[]): string | null {
  const end = rest.indexOf('--')
  const options = (end === -1 ? rest : rest.slice(0, end)).filter((argument) => /^-/.test(argument) && argument !== '-')
  const names = options.map((argument) => argument.replace(/=.*/s, ''))
  return names.find((option) => !known.includes(option) && !isBatch(option, known)) ?? null
}

/** `-vq`, `-vv`: short options written together. */
const isBatch = (option: string, known: readonly string[]): boolean =>
  /^-\w\w+$/.test(option) && [...option.slice(1)].every((letter) => known.includes(`-${letter}`))

/** `roar config lst`: of a command that has commands below it the first word should have been one of them. */
function unknownBelow(name: string, rest: readonly string[], usage: string): RoarError | null {
  const below = Object.keys(commandTable).flatMap((path) => (path.startsWith(`${name} `) ? [path.split(' ')[1]] : []))
  const word = rest.find((one) => !one.startsWith('-')) ?? ''
  const [near] = nearest(word, below as string[])
  const takesWords = /<|\[[^-]/.test(usage.replace(/\[-[^\]]*\]/g, ''))
  if (below.length === 0 || (near === undefined && takesWords)) return null
  return new RoarError('ROAR_COMMAND_UNKNOWN', `roar ${name} has no command '${visible(word)}'.`, {
    exitCode: 2,
    remedy: [...(near ? [`Did you mean: roar ${name} ${near}`] : []), `roar ${name} --help lists its commands`],
    data: { nearest: near ?? null },
  })
}

function lacking(name: string, definition: Definition | undefined, reason: string): string {
  const option = /^Not enough arguments to option (\S+)\.$/.exec(reason)?.[1]
  if (option !== undefined) return `${option} needs a value.`
  if (reason.startsWith('Not enough positional arguments')) return `roar ${name} needs one more word.`
  const [needed] = (definition?.options ?? []).filter(({ required }) => required).flatMap(namesOf)
  if (needed) return `roar ${name} needs ${needed}.`
  return reason.startsWith('Command not found') ? `Those are not the words that roar ${name} takes.` : reason
}
