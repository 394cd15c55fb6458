/** Steps that do not fit into one clone: of several repositories, or of several workspaces in one. */
import { display, stepName } from '@roar/core'
import { digestName, type Recipe, type RecipeStep } from '../recipe/recipe.ts'
import type { Problem } from './plan.ts'

export function severalRepositories(recipe: Recipe): readonly Problem[] {
  const repositories = groups(recipe.steps)
  if (repositories.length > 1) return [problem(recipe, repositories, 'repositories')]
  const workspaces = new Map<string, RecipeStep[]>()
  for (const step of recipe.steps) {
    const at = step.source?.clone ? `around ${step.source.clone}` : step.source?.workspace
    if (at != null) workspaces.set(at, [...(workspaces.get(at) ?? []), step])
  }
  if (workspaces.size < 2) return []
  const named = [...workspaces].map(([at, steps]) => ({ name: at === '' ? 'the root of the repository' : at, steps }))
  return [problem(recipe, named, 'workspaces of one repository')]
}

interface Group {
  readonly name: string
  readonly steps: readonly RecipeStep[]
}

/** By repository; one that has moved is the same under each of its addresses, and so is a work tree whatever its remote was called. */
function groups(steps: readonly RecipeStep[]): readonly Group[] {
  const found: { addresses: Set<string>; steps: RecipeStep[] }[] = []
  for (const step of steps) {
    const own = addressesOf(step)
    if (own === null) continue
    const same = found.filter((one) => own.some((address) => one.addresses.has(address)))
    const addresses = new Set([...same.flatMap((one) => [...one.addresses]), ...own])
    for (const one of same) found.splice(found.indexOf(one), 1)
    found.push({ addresses, steps: [...same.flatMap((one) => one.steps), step] })
  }
  return found.map(({ steps: some }) => ({ name: nameOf(some[0] as RecipeStep), steps: some }))
}

function addressesOf({ source }: RecipeStep): readonly string[] | null {
  if (source === null) return null
  const known = [source.repository, source.local, ...source.mirrors].filter((one) => one !== null)
  return known.length === 0 ? [''] : known
}

const nameOf = ({ source }: RecipeStep): string =>
  source?.repository ?? source?.local ?? 'a repository without a remote'

function problem(recipe: Recipe, of: readonly Group[], what: string): Problem {
  return {
    code: 'ROAR_REPRODUCE_REPOSITORIES',
    message: `The steps come from ${of.length} ${what}, which do not fit into one directory.`,
    cause: of.map(({ name, steps }) => `${namesOf(steps)}: ${name}`).join('\n'),
    remedy: [
      ...of.flatMap(({ steps }) => alone(recipe, steps)),
      'For all of them together: record the steps in one workspace, with the other repository as a submodule of its own.',
    ],
  }
}

const namesOf = (steps: readonly RecipeStep[]): string => steps.map(({ step }) => stepName(step)).join(', ')

/** The last of those that need nothing from the others can be made by itself. */
function alone(recipe: Recipe, group: readonly RecipeStep[]): readonly string[] {
  const own = new Set(group)
  const makers = new Map(recipe.steps.flatMap((step) => step.outputs.map((one) => [contentOf(one), step] as const)))
  const free = new Set<RecipeStep>()
  for (const step of recipe.steps) {
    const needs = step.inputs.filter((one) => one.from === 'step').map((one) => makers.get(contentOf(one)))
    if (own.has(step) && needs.every((one) => one === undefined || one === step || free.has(one))) free.add(step)
  }
  const last = [...free].at(-1)
  const reference = last && referenceTo(recipe, last)
  return reference ? [`roar reproduce ${reference} makes ${stepName(last.step)} by itself`] : []
}

const contentOf = ({ path, digests }: RecipeStep['outputs'][number]): string =>
  `${display(path)}\0${digestName(digests) ?? ''}`

/** Here a step has a name of its own; a registry is asked by content. */
function referenceTo({ root }: Recipe, { uid, outputs }: RecipeStep): string | null {
  if (root !== null) return uid
  return outputs.map(({ digests }) => Object.values(digests)[0]).find((one) => one !== undefined) ?? null
}
