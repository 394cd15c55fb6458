/** What stands in the way of a reproduction: found before anything is made. */
import { display, redactionsIn, stepName } from '@roar/core'
import type { Recipe, RecipeStep } from '../recipe/recipe.ts'
import { renamed } from '../recipe/relocate.ts'
import { scratchOf } from '../recipe/scratch.ts'
import { isIn, leadsOut } from '../recipe/turned.ts'
import type { PlannedInput, Problem } from './plan.ts'
import { severalRepositories } from './repositories.ts'

export const findProblems = (recipe: Recipe, inputs: readonly PlannedInput[]): readonly Problem[] => [
  ...recipe.steps.flatMap((step) => [...dirty(step), ...unfinished(step), ...outside(recipe, step), ...secrets(step)]),
  ...severalRepositories(recipe),
  ...inputs.filter((input) => input.state === 'missing').map(missing),
]

function dirty(step: RecipeStep): readonly Problem[] {
  if (!step.source?.dirty) return []
  const name = stepName(step.step)
  const files = step.dirtyFiles
  const shown = files.slice(0, 5).join(', ') + (files.length > 5 ? ` and ${files.length - 5} more` : '')
  return [
    {
      code: 'ROAR_REPRODUCE_DIRTY',
      message: `Step ${name} ran with uncommitted changes, so its commit does not say which code ran.`,
      cause: `Changed: ${shown || 'not recorded which files'}.`,
      remedy: [`Commit the changes, then record the step again: roar run ${name}`],
    },
  ]
}

function unfinished(step: RecipeStep): readonly Problem[] {
  if (step.status === 'completed') return []
  const name = stepName(step.step)
  return [
    {
      code: 'ROAR_REPRODUCE_UNFINISHED',
      message: `Step ${name} ${step.status === 'failed' ? 'failed' : `was ${step.status}`}: what it left is no result to be made again.`,
      cause: step.exitCode === null ? 'Its end was not recorded.' : `It ended with exit status ${step.exitCode}.`,
      remedy: [`roar run ${name}`],
    },
  ]
}

function outside(recipe: Recipe, step: RecipeStep): readonly Problem[] {
  const scratch = scratchOf(recipe, step)
  const made = step.outputs.filter((one) => !scratch.has(one.path)).map((one) => display(one.path))
  const read = step.inputs.map((one) => display(one.path)).filter((path) => !path.startsWith('/'))
  const paths = [...made, step.cwd, ...read, ...stillNamed(step, recipe.turned)].filter((path) =>
    leadsOut(path, recipe.turned),
  )
  if (paths.length === 0) return []
  if (step.placeless) return [placeless(step, paths)]
  return [
    {
      code: 'ROAR_REPRODUCE_OUTSIDE',
      message: `Step ${stepName(step.step)} works outside its workspace, and a reproduction touches nothing outside its directory.`,
      cause: `It wrote or ran in ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', …' : ''}.`,
      remedy: [
        'Let the command write below the workspace, or to a path that is one of its words, and record it again.',
      ],
    },
  ]
}

/** Old places of what the step makes elsewhere now, in words that cannot be said anew. */
function stillNamed({ argv, outputs }: RecipeStep, turned: Recipe['turned'] = []): readonly string[] {
  const made = turned.filter(({ to }) => outputs.some(({ path }) => isIn(path, to)))
  return made.map(({ from }) => from).filter((from) => argv.some((word) => renamed(word, from, '').includes(from)))
}

const placeless = (step: RecipeStep, paths: readonly string[]): Problem => ({
  code: 'ROAR_REPRODUCE_PLACE',
  message: `Nothing tells where the repository of step ${stepName(step.step)} lay, so its files have no place in a clone of it.`,
  cause: `It was registered by another client, which publishes paths of its own machine: ${paths.slice(0, 3).join(', ')}.`,
  remedy: [
    'Record and register it with roar, which publishes paths within the workspace.',
    'roar reproduce … --script writes what is known, to be completed by hand.',
  ],
})

/** What stood there is known to nobody. */
function secrets(step: RecipeStep): readonly Problem[] {
  const marks = redactionsIn(step.argv)
  if (marks.length === 0) return []
  return [
    {
      code: 'ROAR_REPRODUCE_SECRET',
      message: `The command of step ${stepName(step.step)} had a secret in it, which was not recorded.`,
      cause: `It holds ${marks.join(', ')}.`,
      remedy: ['Give the secret by an environment variable, and record the step again.'],
    },
  ]
}

const missing = (input: PlannedInput): Problem => ({
  code: 'ROAR_REPRODUCE_INPUT_MISSING',
  message: `The input ${display(input.recordedAt ?? input.path)} of ${input.usedBy.join(', ')} is not to be had.`,
  cause: `${input.why}`.replace(/^./, (first) => first.toUpperCase()).concat('.'),
  remedy: [
    ...(input.recordedAt ? [`Put the file there again: ${display(input.recordedAt)}`] : []),
    input.path.startsWith('/')
      ? `Put the file there again: ${display(input.path)}`
      : 'roar reproduce … --inputs DIR searches a directory for it, by digest',
  ],
})
