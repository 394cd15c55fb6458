/** `roar run @2 --lr=0.1`: the newest execution of a step, again, with changed parameters. */
import { resolve } from 'node:path'
import { type JobKind, type LineageStore, RoarError, type StepRef } from '@roar/core'
import { visible } from '../output/escape.ts'
import { withParameters } from './parameters.ts'

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
  root: string,
  step: StepRef,
  given: readonly string[],
): Promise<Rerun> {
  const session = await store.currentSession()
  const [newest] = session ? await store.executions(session.id, step) : []
  if (!newest) throw noSuchStep(step)
  const { argv, unusable } = withParameters(newest.argv, given)
  if (unusable.length > 0) throw notParameters(unusable)
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
