/** What will be started, and where: the command as given, or a step again. */
import { type JobKind, type LineageStore, RoarError, type StepRef } from '@roar/core'
import { findExecutable } from '@roar/host'
import type { Places } from './places.ts'
import { readRerun, stepOf } from './rerun.ts'
import type { RunOptions } from './run-options.ts'

export interface PlannedRun {
  readonly kind: JobKind
  readonly step: StepRef | null
  readonly name: string | null
  readonly argv: readonly string[]
  /** The program's file, as it is found. */
  readonly file: string
  /** Absolute. */
  readonly cwd: string
}

/** Refuses (126, 127) what could not be started. */
export async function planRun(options: RunOptions, places: Places, store: LineageStore): Promise<PlannedRun> {
  const { kind, words, name } = options
  if (words.length === 0) throw noCommand(kind)
  const step = stepOf(words)
  const plan = step
    ? await readRerun(store, places, step, words)
    : { kind, step: null, name: null, argv: words, cwd: places.directory }
  const file = findExecutable(plan.argv[0] as string, plan.cwd, places.searchPath)
  return { ...plan, file, name: name ?? plan.name }
}

const noCommand = (kind: JobKind): RoarError =>
  new RoarError('ROAR_USAGE', 'No command is given.', {
    remedy: [`roar ${kind} python train.py`, `roar ${kind} --help`],
    exitCode: 125,
  })
