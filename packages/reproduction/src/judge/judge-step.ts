/** Compares what a step has made with what it made when it was recorded: by digest, then as values where the recorded bytes are at hand. */
import { type BytePath, type Digests, display, fromString, type JobBody, stepName } from '@roar/core'
import type { Places } from '../places.ts'
import { findContents } from '../plan/find-content.ts'
import type { Recipe, RecipeOutput, RecipeStep } from '../recipe/recipe.ts'
import { sameContent } from '../recipe/recipe.ts'
import { scratchOf } from '../recipe/scratch.ts'
import type { ReproductionRoom, Tolerance } from '../room.ts'
import type { JudgedOutput } from './verdict.ts'

export interface JudgeOptions {
  readonly tolerance: Tolerance
  /** Directories in which recorded bytes are looked for, by digest. */
  readonly directories: readonly string[]
}

export async function judgeStep(
  room: ReproductionRoom,
  recipe: Recipe,
  step: RecipeStep,
  job: JobBody,
  places: Places,
  options: JudgeOptions,
): Promise<readonly JudgedOutput[]> {
  const made = new Map(job.outputs.map((one) => [one.path, one]))
  const judged: JudgedOutput[] = []
  const scratch = scratchOf(recipe, step)
  for (const output of step.outputs.filter((one) => !scratch.has(one.path))) {
    const found = made.get(display(output.path))
    const base = { path: output.path, step: stepName(step.step), expected: output.digests }
    if (!found)
      judged.push({ ...base, found: null, verdict: 'missing', comparer: null, difference: 'the step did not write it' })
    else
      judged.push({
        ...base,
        found: found.digests,
        ...(await judge(room, recipe, output, found.digests, places, options)),
      })
  }
  return judged
}

type Judgement = Pick<JudgedOutput, 'verdict' | 'comparer' | 'difference'>

async function judge(
  room: ReproductionRoom,
  recipe: Recipe,
  output: RecipeOutput,
  found: Digests,
  places: Places,
  options: JudgeOptions,
): Promise<Judgement> {
  if (output.reason !== null) return undecided(`its recorded content is not known: ${output.reason}`)
  const same = sameContent(output.digests, found)
  if (same === null) return undecided('the two have no digest of the same algorithm')
  if (same) return { verdict: 'identical', comparer: null, difference: null }
  const reference = await findReference(room, recipe, output, options)
  if (reference === null)
    return undecided(
      'the digests differ, and the recorded bytes are not at hand to be compared as values (--inputs DIR)',
    )
  const pair = {
    name: display(output.path),
    format: output.format,
    expected: display(reference),
    found: display(inWorkspace(places, output.path)),
  }
  const compared = await room.compare({ ...pair, tolerance: options.tolerance })
  if (compared === null) return undecided('the digests differ')
  return { verdict: compared.verdict, comparer: compared.comparer, difference: compared.difference }
}

const undecided = (difference: string): Judgement => ({ verdict: 'different', comparer: null, difference })

async function findReference(
  room: ReproductionRoom,
  { root }: Recipe,
  output: RecipeOutput,
  { directories }: JudgeOptions,
): Promise<BytePath | null> {
  const candidates = root === null ? [] : [`${fromString(root)}/${output.path}` as BytePath]
  const [found] = await findContents(room, [{ ...output, candidates }], directories)
  return found ?? null
}

const inWorkspace = (places: Places, path: BytePath): BytePath =>
  path.startsWith('/') ? path : (`${fromString(places.workspace)}/${path}` as BytePath)
