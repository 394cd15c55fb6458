/** A step whose command reads what a shell has put behind its standard input needs that again: without it, it would wait for a terminal, or read nothing. */
import { resolve } from 'node:path'
import { display, type JobRecord, RoarError } from '@roar/core'
import { shellWords } from '../output/escape.ts'
import { redirections } from './redirections.ts'

type Facts = Readonly<Record<string, string>>

/** Of the inputs so many are looked through: one of a hundred thousand is not worth reading all of them. */
export const mostInputs = 1000

/** `words`: what was typed behind `roar run`. `given`: what is behind the standard streams now. */
export function requireInput(words: readonly string[], record: JobRecord, given: Facts, root: string): void {
  const recorded = record.outcome?.environment.facts ?? {}
  const file = recorded['stdin.file']
  if (file === undefined || hasInput(given) || !isInput(record, file, root)) return
  const [step] = words as [string]
  throw new RoarError('ROAR_RUN_INPUT', `${step} reads its standard input, and was recorded with ${file} behind it`, {
    cause:
      'What is behind the standard streams is given by the shell that starts a command: it is in no word of the command.',
    remedy: [`${shellWords(['roar', 'run', ...words])} ${redirections(recorded)}   in ${record.row.cwd}`],
    exitCode: 125,
  })
}

const hasInput = (given: Facts): boolean => given.stdin === 'pipe' || given['stdin.file'] !== undefined

function isInput({ row, outcome }: JobRecord, file: string, root: string): boolean {
  const absolute = resolve(root, row.cwd, file)
  return outcome?.inputs.some(({ path }) => resolve(root, display(path)) === absolute) ?? false
}
