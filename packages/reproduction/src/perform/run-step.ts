/** Runs one recorded step again, under roar, and reads what roar recorded of it. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type BytePath, display, type JobBody, type JobDocument, RoarError, stepName } from '@roar/core'
import type { Places } from '../places.ts'
import type { RecipeStep } from '../recipe/recipe.ts'
import { type Moved, relocated } from '../recipe/relocate.ts'
import type { Env, ReproductionRoom } from '../room.ts'
import { type ProgramEnd, runProgram, tail } from '../run-process.ts'
import { BeforeStep } from './before-step.ts'
import { DirectoriesOfOutputs } from './directories-of-outputs.ts'

export interface StepRun {
  readonly step: RecipeStep
  readonly places: Places
  readonly env: Env
  readonly moved: Moved
  /** Programs that lie elsewhere now, by their recorded path. */
  readonly programs: ReadonlyMap<string, string>
  /** The clone differs from the commit by what earlier steps made. */
  readonly allowDirty: boolean
  readonly timeout: number | null
}

export async function runStep(room: ReproductionRoom, run: StepRun): Promise<JobBody> {
  const directories = new DirectoriesOfOutputs(run.step, run.places)
  let last = await attempt(room, run)
  while (!last.ok && last.ran && !last.end.timedOut) {
    const made = directories.makeMore()
    if (made.length === 0) break
    room.say({ phase: 'warning', message: onceMore(run, made) })
    last = await attempt(room, run)
  }
  if (last.ok) return last.job
  throw failed(run, last.end)
}

const onceMore = ({ step }: StepRun, made: readonly BytePath[]): string =>
  `${stepName(step.step)} failed; once more with the directories of its outputs: ${made.map((one) => display(one)).join(', ')}`

type Attempt =
  | { readonly ok: true; readonly job: JobBody }
  | { readonly ok: false; readonly end: ProgramEnd; readonly ran: boolean }

async function attempt(room: ReproductionRoom, run: StepRun): Promise<Attempt> {
  const { step, places, env, timeout } = run
  new BeforeStep(step, places).settle()
  const cwd = join(places.workspace, step.cwd)
  mkdirSync(cwd, { recursive: true })
  const document = join(places.temporary, 'job.json')
  rmSync(document, { force: true })
  const { streams = {} } = step
  const end = await runProgram({ argv: command(room, run, document), cwd, env, log: logOf(run), timeout, streams })
  const job = readJob(document)
  // A step may have ended with another status than 0 and been kept for what it made.
  return end.code === (step.exitCode ?? 0) && job !== null && !end.timedOut
    ? { ok: true, job }
    : { ok: false, end, ran: job !== null }
}

function command(room: ReproductionRoom, run: StepRun, document: string): readonly string[] {
  const { step, moved } = run
  const argv = step.argv.map((word, index) => (index === 0 ? programOf(run, word) : relocated(word, moved)))
  return [
    ...room.roar,
    step.kind,
    '-q',
    ...['--json-file', document],
    ...(step.name === null ? [] : ['--name', step.name]),
    ...Object.entries(step.tags).flatMap(([name, value]) => ['--tag', `${name}=${value}`]),
    ...algorithms(room, step).flatMap((name) => ['--hash', name]),
    ...(run.allowDirty ? ['--allow-dirty'] : []),
    '--',
    ...argv,
  ]
}

const programOf = (run: StepRun, word: string): string => run.programs.get(word) ?? relocated(word, run.moved)

/** Outputs are compared by the digests that were recorded, whatever this workspace would use. */
const algorithms = (room: ReproductionRoom, step: RecipeStep): readonly string[] =>
  [...new Set(step.outputs.flatMap((one) => Object.keys(one.digests).slice(0, 1)))].filter((name) => room.knows(name))

/** Null where there is none: nothing was started, or the recorder was ended before it had written all. */
function readJob(document: string): JobBody | null {
  try {
    return (JSON.parse(readFileSync(document, 'utf8')) as JobDocument).job
  } catch {
    return null
  }
}

export const logOf = ({ step, places }: Pick<StepRun, 'step' | 'places'>): string =>
  join(places.logs, `${stepName(step.step).slice(1)}-${step.uid}.log`)

function failed(run: StepRun, end: ProgramEnd): RoarError {
  const name = stepName(run.step.step)
  const log = logOf(run)
  const why =
    end.error ??
    (end.signal
      ? `It was ended by ${end.signal}.`
      : `It ended with exit status ${end.code}; recorded was ${run.step.exitCode ?? 0}.`)
  const remedy = [
    `Its whole output: ${log}`,
    'Run roar reproduce again with the same --dir: it goes on with this step.',
    'A variable that it needs and that is not recorded (env.record, roar env): set it for roar reproduce.',
  ]
  const said = tail(log)
  if (end.timedOut)
    return new RoarError('ROAR_REPRODUCE_TIMEOUT', `Step ${name} took longer than it was given, and was ended.`, {
      cause: said,
      remedy: ['roar reproduce … --step-timeout SECONDS', ...remedy],
      data: { step: name, log },
    })
  return new RoarError('ROAR_REPRODUCE_STEP', `Step ${name} failed here.`, {
    cause: `${why}\n${said}`.trim(),
    remedy,
    data: { step: name, log, directory: dirname(log) },
  })
}
