/** Compares what a step has made with what it made when it was recorded: by digest, then as values where the recorded bytes are at hand. */
import { join } from 'node:path'
import { type BytePath, type Digests, display, fromString, type JobBody, stepName } from '@roar/core'
import type { Places } from '../places.ts'
import { findComposite } from '../plan/find-composite.ts'
import { findContents } from '../plan/find-content.ts'
import type { Recipe, RecipeOutput, RecipeStep } from '../recipe/recipe.ts'
import { sameContent } from '../recipe/recipe.ts'
import { scratchOf } from '../recipe/scratch.ts'
import type { ContentComparison, ReproductionRoom, Tolerance } from '../room.ts'
import { compareComposites } from './compare-composites.ts'
import { MadeAnew } from './made-anew.ts'
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
  const anew = new MadeAnew(job, new Set(step.outputs.map(({ path }) => recordedPath(places, path))))
  for (const output of step.outputs.filter((one) => !scratch.has(one.path))) {
    const found = made.get(recordedPath(places, output.path)) ?? (await declared(room, output, job, places))
    const other = found ? null : anew.take(output)
    const base = { path: output.path, step: stepName(step.step), uid: step.uid, expected: output.digests }
    if (other) {
      const at = fromString(other.path)
      const judgement = await judge(room, recipe, output, other.digests, inWorkspace(places, at), options)
      const difference = [`made as ${other.path}`, judgement.difference ?? []].flat().join(': ')
      judged.push({ ...base, found: other.digests, ...judgement, difference, madeAs: other.path })
    } else if (!found)
      judged.push({ ...base, found: null, verdict: 'missing', comparer: null, difference: 'the step did not write it' })
    else
      judged.push({
        ...base,
        found: found.digests,
        ...(await judge(room, recipe, output, found.digests, inWorkspace(places, output.path), options)),
      })
  }
  return judged
}

/** What lies beside the workspace is recorded by its absolute path. */
const recordedPath = (places: Places, path: BytePath): string =>
  path.startsWith('../') ? join(places.workspace, display(path)) : display(path)

/** What was one artifact only because its run, or settings that are not here, said so: its files are judged as that. */
async function declared(
  room: ReproductionRoom,
  { kind, path }: RecipeOutput,
  job: JobBody,
  places: Places,
): Promise<Pick<JobBody['outputs'][number], 'digests'> | null> {
  if (kind !== 'composite' || !job.outputs.some((one) => one.path.startsWith(`${display(path)}/`))) return null
  return room.composite(inWorkspace(places, path))
}

type Judgement = Pick<JudgedOutput, 'verdict' | 'comparer' | 'difference'>

async function judge(
  room: ReproductionRoom,
  recipe: Recipe,
  output: RecipeOutput,
  found: Digests,
  at: BytePath,
  options: JudgeOptions,
): Promise<Judgement> {
  if (output.reason !== null) return undecided(`its recorded content is not known: ${output.reason}`)
  const same = sameContent(...named(output, found))
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
    found: display(at),
  }
  const compared =
    output.kind === 'composite'
      ? await compareTrees(room, output, reference, at, options.tolerance)
      : await room.compare({ ...pair, tolerance: options.tolerance })
  if (compared === null) return undecided('the digests differ')
  return { verdict: compared.verdict, comparer: compared.comparer, difference: compared.difference }
}

/** Of a composite the root of its tree alone: flat digests depend on who counts what among its data. */
const named = ({ kind, digests }: RecipeOutput, found: Digests): [Digests, Digests] =>
  kind === 'composite' && digests.blake3 !== undefined && found.blake3 !== undefined
    ? [{ blake3: digests.blake3 }, { blake3: found.blake3 }]
    : [digests, found]

async function compareTrees(
  room: ReproductionRoom,
  { path, format }: RecipeOutput,
  reference: BytePath,
  made: BytePath,
  tolerance: Tolerance,
): Promise<ContentComparison | null> {
  const [expected, found] = await Promise.all([room.composite(reference), room.composite(made)])
  if (!expected || !found) return null
  return compareComposites(room, { name: display(path), format, expected, found, tolerance })
}

const undecided = (difference: string): Judgement => ({ verdict: 'different', comparer: null, difference })

async function findReference(
  room: ReproductionRoom,
  { root }: Recipe,
  output: RecipeOutput,
  { directories }: JudgeOptions,
): Promise<BytePath | null> {
  const candidates = root === null ? [] : [`${fromString(root)}/${output.path}` as BytePath]
  if (output.kind === 'composite') return findComposite(room, { ...output, candidates }, directories)
  const [found] = await findContents(room, [{ ...output, candidates }], directories)
  return found ?? null
}

const inWorkspace = (places: Places, path: BytePath): BytePath =>
  path.startsWith('/') ? path : (`${fromString(places.workspace)}/${path}` as BytePath)
