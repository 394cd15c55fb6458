/** From a recipe to what would be done here. Reads files to prove digests; makes nothing, asks no network. */
import { display, type EnvironmentRecord, redactionsIn, stepName } from '@roar/core'
import type { Recipe, RecipeStep } from '../recipe/recipe.ts'
import { scratchOf } from '../recipe/scratch.ts'
import type { ReproductionRoom } from '../room.ts'
import { compareMachine } from './compare-machine.ts'
import type { Plan } from './plan.ts'
import { makesItsOwn, planEnvironments } from './plan-environments.ts'
import { type InputSources, planInputs } from './plan-inputs.ts'
import { planSource } from './plan-source.ts'
import { findProblems } from './problems.ts'
import { turnedInwards } from './turn-inwards.ts'

export interface PlanOptions extends InputSources {
  readonly machine: Omit<EnvironmentRecord, 'variables' | 'hostname'>
}

export async function makePlan(room: ReproductionRoom, told: Recipe, options: PlanOptions): Promise<Plan> {
  const lying = await planInputs(room, told, options)
  const recipe = turnedInwards(told, lying)
  // Links alone move nothing: what was read to be proven is not read again.
  const inputs = recipe.turned?.length ? await planInputs(room, recipe, options) : lying
  return {
    recipe,
    source: planSource(recipe),
    environments: planEnvironments(recipe),
    inputs,
    differences: compareMachine(recipe, options.machine),
    withheld: withheld(recipe, room),
    notes: [...recipe.steps.flatMap((step) => notesOn(recipe, step)), ...leftOut(recipe)],
    problems: findProblems(recipe, inputs),
  }
}

const mostNamed = 5

function leftOut({ others = [] }: Recipe): readonly string[] {
  if (others.length === 0) return []
  const named = others.slice(0, mostNamed).map(({ step, uid }) => `${step} ${uid}`)
  const rest = others.length > mostNamed ? ` and ${others.length - mostNamed} more` : ''
  const jobs = others.length === 1 ? 'Another job' : `${others.length} other jobs`
  return [`${jobs} made the same bytes on the way, and need not run again: ${named.join(', ')}${rest}.`]
}

function notesOn(recipe: Recipe, one: RecipeStep): readonly string[] {
  const { step, complete, packages, streams, credentials = 0 } = one
  const scratch = [...scratchOf(recipe, one)].map(display)
  const changed = packages.filter((one) => one.modified.length > 0).map((one) => one.name)
  return [
    ...(complete ? [] : [`${stepName(step)} was not observed completely: it may have used what is not listed.`]),
    ...(streams?.piped
      ? [`${stepName(step)} had a pipe for its standard input: what it may have read there is in no record.`]
      : []),
    ...(credentials > 0
      ? [
          `${stepName(step)} read ${credentials === 1 ? 'a file' : `${credentials} files`} with credentials, such as .env: no record has them.`,
        ]
      : []),
    ...(changed.length > 0
      ? [`${stepName(step)} used packages whose files were changed by hand: ${changed.join(', ')}.`]
      : []),
    ...(makesItsOwn(one) ? [`${stepName(step)} makes its own environment: ${one.argv.slice(0, 2).join(' ')}.`] : []),
    ...(scratch.length > 0
      ? [
          `${stepName(step)} left files in a temporary directory, which nobody used and which are not compared: ${scratch.join(', ')}.`,
        ]
      : []),
  ]
}

const withheld = (recipe: Recipe, { env }: ReproductionRoom): Plan['withheld'] =>
  recipe.steps.flatMap(({ step, variables }) =>
    Object.entries(variables).flatMap(([name, value]) =>
      redactionsIn([value]).length > 0 ? [{ step: stepName(step), name, setHere: env[name] !== undefined }] : [],
    ),
  )
