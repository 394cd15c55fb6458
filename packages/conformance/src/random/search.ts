/** Looks for a program whose record is not true, and makes it short. */
import type { TracerBackend } from '@roar/core'
import { differences, type Tolerance } from './compare.ts'
import { Unpredictable } from './file-world.ts'
import { generate } from './generate.ts'
import { type Prediction, predict } from './predict.ts'
import { type Program, shorter, textOf } from './program.ts'
import { type Round, runPrograms } from './tracee.ts'

export interface Search {
  readonly tracer: TracerBackend
  readonly tracee: string
  /** A directory of its own. */
  readonly base: string
  readonly tolerance?: Tolerance
}

export interface Finding {
  readonly program: string
  readonly problems: readonly string[]
  /** Alone it is recorded truly: the programs before it matter. */
  readonly onlyTogether: boolean
}

/** Seeds from `first` on; `size` programs in one tree. */
export async function searchBatch(search: Search, first: number, size: number): Promise<Finding | null> {
  const programs = Array.from({ length: size }, (_, i) => generate(first + i))
  const round = await runPrograms(search.tracer, search.tracee, search.base, programs)
  const lost = troubles(round)
  if (lost.length > 0) return { program: `seeds ${first} to ${first + size - 1}`, problems: lost, onlyTogether: true }
  for (const [i, program] of programs.entries()) {
    const problems = judge(search, program, round, i)
    if (problems.length > 0) return explain(search, program, problems)
  }
  return null
}

/** What is wrong with one program, run alone. */
export async function check(search: Search, program: Program): Promise<string[]> {
  const round = await runPrograms(search.tracer, search.tracee, search.base, [program])
  return [...troubles(round), ...judge(search, program, round, 0)]
}

function troubles({ outcome }: Round): string[] {
  const gaps = outcome.gaps.map(({ code, detail }) => `gap ${code} ${detail}`)
  return outcome.lost > 0 ? [...gaps, `${outcome.lost} facts were lost`] : gaps
}

function judge(search: Search, program: Program, round: Round, index: number): string[] {
  const prediction = predict(program)
  const wrong = mistaken(prediction, round.results[index] ?? new Map())
  if (wrong.length > 0) return wrong
  return differences(prediction, round.lines[index] ?? [], search.tolerance)
}

/** The kernel is right: where a call ended otherwise than foretold, the model is to be mended. */
function mistaken(prediction: Prediction, results: ReadonlyMap<number, boolean>): string[] {
  const word = (result: boolean | undefined) => (result === undefined ? 'is not made' : result ? 'succeeds' : 'fails')
  return [...new Set([...prediction.results.keys(), ...results.keys()])]
    .filter((index) => prediction.results.get(index) !== results.get(index))
    .map((index) => `word ${index} ${word(results.get(index))}, foretold: ${word(prediction.results.get(index))}`)
}

async function explain(search: Search, program: Program, problems: readonly string[]): Promise<Finding> {
  const alone = await check(search, program)
  if (alone.length === 0) return { program: textOf(program), problems, onlyTogether: true }
  const least = await shrink(search, { program, problems: alone })
  return { program: textOf(least.program), problems: least.problems, onlyTogether: false }
}

interface Wrong {
  readonly program: Program
  readonly problems: readonly string[]
}

/** As long as something can be left out and the record stays wrong. */
async function shrink(search: Search, wrong: Wrong): Promise<Wrong> {
  for (const program of shorter(wrong.program)) {
    const problems = await checkPredictable(search, program)
    if (problems.length > 0) return shrink(search, { program, problems })
  }
  return wrong
}

async function checkPredictable(search: Search, program: Program): Promise<string[]> {
  try {
    return await check(search, program)
  } catch (error) {
    if (error instanceof Unpredictable) return []
    throw error
  }
}
