/**
 * What a job used or made beside its workspace, where it does not lie there now or would be written there: it has a place in the directory of the
 * reproduction then. Below a link's own name where one led there; as near to the workspace as it lay, which holds for `../data/a.csv`; else where the words
 * of the command say it anew. Nothing outside is touched.
 */
import { type BytePath, fromString } from '@roar/core'
import type { Recipe, RecipeStep, Turned } from '../recipe/recipe.ts'
import { scratchOf } from '../recipe/scratch.ts'
import { isIn, turnedPath, turnedText } from '../recipe/turned.ts'
import { isNamedFromHere, namedPlaces } from './named-places.ts'
import type { PlannedInput } from './plan.ts'
import { turnedStep } from './turned-step.ts'

/** The same recipe where nothing has to be turned. */
export function turnedInwards(recipe: Recipe, inputs: readonly PlannedInput[]): Recipe {
  const places = placesOf(recipe.steps)
  const place = (path: BytePath, isMade: boolean) => placeFor(path, isMade, places, recipe.steps)
  const results = [...made(recipe)].map((path) => ({ path, turned: place(path, true) }))
  const kept = results.filter((one) => one.turned.length === 0)
  const read = [...wanted(recipe, inputs)].flatMap((path) => place(path, false))
  // Where something is written in spite of us, nothing is said to lie elsewhere.
  const free = read.filter(({ from }) => !kept.some(({ path }) => isIn(path, from)))
  const turned = unique([...free, ...results.flatMap((one) => one.turned)])
  const near = besideOf(recipe, inputs, places, turned)
  if (turned.length === 0 && near.size === 0) return recipe
  const steps = recipe.steps.map((step) => turnedStep(step, turned, near.get(step.uid) ?? []))
  const targets = recipe.targets.map((one) => ({ ...one, path: turnedPath(one.path, turned) }))
  return { ...recipe, steps, targets, turned, nest: nestOf(recipe, turned, near) }
}

/** Absolute paths of what is to be read, and does not lie there: it is gone, or part of the commit. */
function wanted(recipe: Recipe, inputs: readonly PlannedInput[]): ReadonlySet<BytePath> {
  const missing = inputs.filter(({ state }) => state === 'missing')
  const committed = recipe.steps.flatMap((step) => step.inputs.filter(({ from }) => from === 'commit'))
  return absolute([...missing, ...committed])
}

const made = (recipe: Recipe): ReadonlySet<BytePath> =>
  absolute(
    recipe.steps.flatMap((step) => {
      const scratch = scratchOf(recipe, step)
      return step.outputs.filter(({ path }) => !scratch.has(path))
    }),
  )

const absolute = (files: readonly { readonly path: BytePath }[]): ReadonlySet<BytePath> =>
  new Set(files.map(({ path }) => path).filter((path) => path.startsWith('/')))

interface Places {
  readonly links: readonly Turned[]
  readonly above: readonly Turned[]
}

/** Each destination once, by the name that was used last; the longest first. */
function placesOf(steps: readonly RecipeStep[]): Places {
  const outward = (all: readonly { readonly path: string; readonly target: string }[]): readonly Turned[] => {
    const names = new Map(all.filter(({ target }) => target.startsWith('/')).map(({ path, target }) => [target, path]))
    return [...names].map(([from, to]) => ({ from, to })).sort(longest)
  }
  return {
    links: outward(steps.flatMap(({ links = [] }) => links)),
    above: outward(steps.flatMap(({ above = [] }) => above)),
  }
}

const longest = (a: Turned, b: Turned): number => b.from.length - a.from.length

const unique = (turned: readonly Turned[]): readonly Turned[] =>
  [...new Map(turned.map((one) => [one.from, one])).values()].sort(longest)

/** A program that has the absolute path in its own code would write there in spite of us: what it made near by has to be named. */
function placeFor(
  path: BytePath,
  isMade: boolean,
  { links, above }: Places,
  steps: readonly RecipeStep[],
): readonly Turned[] {
  const link = links.find(({ from }) => isIn(path, from))
  if (link) return [link]
  const near = above.find(({ from }) => isIn(path, from) && !isHidden(path, from))
  return near && (!isMade || isNamedFromHere(path, steps)) ? [belowOf(path, near)] : namedPlaces(path, steps)
}

/** Settings and caches of a home directory, which is found by a variable. */
const isHidden = (path: BytePath, folder: string): boolean => path.startsWith(`${fromString(folder)}/.`)

/** No more than what lies directly in it: words that name the directory itself, a home say, stay. */
function belowOf(path: BytePath, { from, to }: Turned): Turned {
  const rest = Buffer.from(path.slice(fromString(from).length + 1), 'latin1').toString()
  const [first] = rest.split('/')
  return { from: `${from}/${first}`, to: `${to}/${first}` }
}

/** By step: links to what may stay where it lies, as near to the workspace as it lay. A pattern of names is no name. */
function besideOf(
  recipe: Recipe,
  inputs: readonly PlannedInput[],
  { above }: Places,
  turned: readonly Turned[],
): ReadonlyMap<string, readonly { readonly path: string; readonly target: string }[]> {
  const near = new Map<string, { readonly path: string; readonly target: string }[]>(
    recipe.steps.map(({ uid }) => [uid, []]),
  )
  for (const { path, state, users } of inputs) {
    const at = state === 'at-path' ? above.find(({ from }) => isIn(path, from)) : undefined
    if (!at || path.includes('*') || turnedPath(path, turned) !== path) continue
    const target = Buffer.from(path, 'latin1').toString()
    for (const user of users) near.get(user)?.push({ path: turnedText(target, [at]), target })
  }
  for (const [uid, links] of near) if (links.length === 0) near.delete(uid)
  return near
}

/** How many directories have to lie around the workspace, or its repository, so that all of it is in that of the reproduction. */
function nestOf({ prefix }: Recipe, turned: readonly Turned[], near: ReturnType<typeof besideOf>): number {
  const paths = [...turned.map(({ to }) => to), ...[...near.values()].flat().map(({ path }) => path)]
  const levels = paths.map((path) => path.split('/').filter((part) => part === '..').length)
  return Math.max(0, Math.max(0, ...levels) - (prefix ? prefix.split('/').length : 0))
}
