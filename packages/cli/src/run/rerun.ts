/** `roar run @2 --lr=0.1`: the newest execution of a step, again, with changed parameters. */
import { resolve } from 'node:path'
import { type JobKind, type LineageStore, RoarError, redactionsIn, type StepRef } from '@roar/core'
import { shellWords, visible } from '../output/escape.ts'
import { withParameters } from './parameters.ts'
import type { Places } from './places.ts'
import { mostInputs, requireInput } from './rerun-input.ts'

export interface Rerun {
  readonly kind: JobKind
  readonly step: StepRef
  readonly name: string | null
  readonly argv: readonly string[]
  /** Absolute. */
  readonly cwd: string
}

/** Null when the words are an ordinary command. */
export function stepOf(words: readonly string[]): StepRef | null {
  const found = /^@(B?)([1-9]\d{0,8})$/.exec(words[0] ?? '')
  return found ? { kind: found[1] ? 'build' : 'run', number: Number(found[2]) } : null
}

export async function readRerun(
  store: LineageStore,
  { root, streams }: Pick<Places, 'root' | 'streams'>,
  step: StepRef,
  words: readonly string[],
): Promise<Rerun> {
  const session = await store.currentSession()
  const [newest] = session ? await store.executions(session.id, step, 1) : []
  if (!newest) throw noSuchStep(step)
  const { argv, unusable } = withParameters(newest.argv, words.slice(1))
  if (unusable.length > 0) throw notParameters(unusable)
  const redactions = redactionsIn(argv)
  if (redactions.length > 0) throw redacted(step, argv, redactions)
  const record = await store.job(newest.id, mostInputs)
  if (record) requireInput(words, record, streams, root)
  return { kind: step.kind, step, name: newest.name, argv, cwd: resolve(root, newest.cwd) }
}

const stepText = (step: StepRef): string => `@${step.kind === 'build' ? 'B' : ''}${step.number}`

const noSuchStep = (step: StepRef): RoarError =>
  new RoarError('ROAR_REF_UNKNOWN', `there is no step ${stepText(step)} in this session`, {
    remedy: ['roar status lists the steps'],
    exitCode: 125,
  })

const notParameters = (words: readonly string[]): RoarError =>
  new RoarError('ROAR_USAGE', `not a parameter: ${words.map(visible).join(' ')}`, {
    cause: 'Behind a step come parameters that change its command: --key=value.',
    remedy: ['roar run @2 --lr=0.1', 'roar run -- COMMAND… for another command'],
    exitCode: 125,
  })

/** The marker would be taken for the secret, by a program that does who knows what with it. */
function redacted(step: StepRef, argv: readonly string[], redactions: readonly string[]): RoarError {
  const option = argv.map((word) => /^(--[\w-]+)=.*<redacted:/.exec(word)?.[1]).find(Boolean)
  return new RoarError(
    'ROAR_RUN_REDACTED',
    `${stepText(step)} was recorded without its secrets: ${redactions.join(' ')}`,
    {
      cause: `The command line was ${shellWords(argv)}. What stood there was never written down, so it cannot be run again as it is.`,
      remedy: [
        `roar run ${stepText(step)} ${option ?? '--password'}=…   with the secret, where it is an option's value`,
        'roar run -- COMMAND…   the whole command anew: it stays the same step',
        'Better: let the program read the secret from the environment or from a file',
      ],
      exitCode: 125,
    },
  )
}
