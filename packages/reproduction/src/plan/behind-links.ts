/**
 * What a job used or made by a link that leads out of its workspace, where it does not lie there now or would be written there: it has its place in the
 * directory of the reproduction then, below the link's own name. The program that said `data/a.csv` finds it; nothing outside is touched.
 */
import { type BytePath, fromString } from '@roar/core'
import type { Recipe, RecipeFile, RecipeStep } from '../recipe/recipe.ts'
import type { PlannedInput } from './plan.ts'

/** `from`: absolute; `to`: relative to the workspace. */
interface Turned {
  readonly from: string
  readonly to: string
}

/** The same recipe where nothing has to be turned. */
export function turnedInwards(recipe: Recipe, inputs: readonly PlannedInput[]): Recipe {
  const missing = inputs.filter(({ state }) => state === 'missing').map(({ path }) => path)
  const made = recipe.steps.flatMap(({ outputs }) => outputs.map(({ path }) => path))
  const turned = outward(recipe.steps).filter(({ from }) => [...missing, ...made].some((path) => isIn(path, from)))
  if (turned.length === 0) return recipe
  const steps = recipe.steps.map((step) => turnedStep(step, turned))
  const targets = recipe.targets.map((one) => ({ ...one, path: turnedPath(one.path, turned) }))
  return { ...recipe, steps, targets, turned }
}

/** Each destination once, by the name that was used last; the longest first. */
function outward(steps: readonly RecipeStep[]): readonly Turned[] {
  const all = steps.flatMap(({ links = [] }) => links).filter(({ target }) => target.startsWith('/'))
  const names = new Map(all.map(({ path, target }) => [target, path]))
  return [...names].map(([from, to]) => ({ from, to })).sort((a, b) => b.from.length - a.from.length)
}

function turnedStep(step: RecipeStep, turned: readonly Turned[]): RecipeStep {
  const file = <F extends RecipeFile>(one: F): F => ({ ...one, path: turnedPath(one.path, turned) })
  const links = (step.links ?? []).map(({ path, target }) => ({ path, target: turnedText(target, turned) }))
  return {
    ...step,
    cwd: turnedText(step.cwd, turned),
    inputs: step.inputs.map((one) => {
      const moved = file(one)
      return moved.path === one.path ? one : { ...moved, locations: [one.path, ...one.locations] }
    }),
    outputs: step.outputs.map(file),
    links: links.filter(({ path, target }) => path !== target),
    folders: links.filter(({ path, target }) => path === target).map(({ path }) => path),
  }
}

const turnedPath = (path: BytePath, turned: readonly Turned[]): BytePath => {
  const one = turned.find(({ from }) => isIn(path, from))
  return one ? ((fromString(one.to) + path.slice(fromString(one.from).length)) as BytePath) : path
}

const turnedText = (path: string, turned: readonly Turned[]): string => {
  const one = turned.find(({ from }) => path === from || path.startsWith(`${from}/`))
  return one ? one.to + path.slice(one.from.length) : path
}

function isIn(path: BytePath, folder: string): boolean {
  const bytes = fromString(folder)
  return path === bytes || path.startsWith(`${bytes}/`)
}
