/** Which environments the steps need: told by the packages they used and the programs that ran. */
import { display, type PackageUse, stepName } from '@roar/core'
import { inPlace } from '../recipe/python-package.ts'
import type { Recipe, RecipeStep } from '../recipe/recipe.ts'
import { turnedText } from '../recipe/turned.ts'
import type { EnvironmentPlan } from './plan.ts'

type PythonPlan = Extract<EnvironmentPlan, { kind: 'python' }>

export const planEnvironments = (recipe: Recipe): readonly EnvironmentPlan[] => [
  ...planPythons(recipe),
  ...planConda(recipe),
  ...planNode(recipe),
]

/** Steps share one unless they need two versions of one thing. */
function planPythons(recipe: Recipe): readonly PythonPlan[] {
  const plans: PythonPlan[] = []
  for (const step of recipe.steps) {
    const need = pythonOf(step, recipe)
    if (need === null) continue
    const index = plans.findIndex((plan) => agree(plan, need))
    if (index === -1) plans.push(need)
    else plans[index] = merged(plans[index] as PythonPlan, need)
  }
  return plans
}

/** `uv run` makes the environment of its lock file before it starts anything: another one would only get in its way. */
export const makesItsOwn = ({ argv }: RecipeStep): boolean =>
  /^(?:\S*\/)?(?:uv (?:run|sync)|pixi (?:run|install)|hatch run)\b/.test(argv.join(' '))

function pythonOf(step: RecipeStep, { root, turned }: Recipe): PythonPlan | null {
  if (makesItsOwn(step)) return null
  const all = step.packages.filter((one) => one.ecosystem === 'pypi')
  const packages = all.filter((one) => inPlace(one) === null)
  const projects = projectsOf(all, turned)
  const interpreter = step.packages.find((one) => one.ecosystem === 'python')
  const at = environmentPath(step, root)
  if (all.length === 0 && at === null) return null
  // A step under conda has its Python from there.
  if (step.packages.some((one) => one.ecosystem === 'conda' && one.name === 'python')) return null
  return {
    kind: 'python',
    version: interpreter?.version ?? null,
    packages: sorted(packages),
    projects,
    steps: [stepName(step.step)],
    at,
  }
}

function projectsOf(packages: readonly PackageUse[], turned: Recipe['turned'] = []): readonly string[] {
  const all = packages.flatMap((one) => inPlace(one) ?? [])
  return [...new Set(all.map((root) => turnedText(root, turned)))].sort()
}

/** `.venv` of `.venv/bin/pytest`, `v` of `v/bin/python`, where it lies in the workspace and is not made by the steps themselves. */
function environmentPath(step: RecipeStep, root: string | null): string | null {
  for (const program of [...step.argv.slice(0, 1), ...step.programs]) {
    const inside = root !== null && program.startsWith(`${root}/`) ? program.slice(root.length + 1) : program
    const [, at, name = ''] = /^(?:\.\/)?([^/].*?)\/bin\/([^/]+)$/.exec(inside) ?? []
    if (at === undefined) continue
    if (/(^|\/)\.?v?env[^/]*$/.test(at) || (/^python[\d.]*$/.test(name) && !isGiven(step, `${at}/bin/${name}`)))
      return at
  }
  return null
}

/** An interpreter of the commit's, or one that a step has built, is there without us. */
const isGiven = (step: RecipeStep, program: string): boolean =>
  step.inputs.some(({ from, path }) => from !== 'outside' && display(path) === program)

function agree(a: PythonPlan, b: PythonPlan): boolean {
  const versions = new Map(a.packages.map((one) => [one.name, one.version]))
  const same = b.packages.every((one) => (versions.get(one.name) ?? one.version) === one.version)
  return same && either(a.version, b.version) && either(a.at, b.at)
}

const either = (a: string | null, b: string | null): boolean => a === null || b === null || a === b

const merged = (a: PythonPlan, b: PythonPlan): PythonPlan => ({
  kind: 'python',
  version: a.version ?? b.version,
  at: a.at ?? b.at,
  packages: union(a.packages, b.packages),
  projects: [...new Set([...a.projects, ...b.projects])].sort(),
  steps: [...a.steps, ...b.steps],
})

function planNode(recipe: Recipe): readonly EnvironmentPlan[] {
  const steps = recipe.steps.filter((step) => usesNode(step) && !recipe.steps.some(installsNode))
  if (steps.length === 0) return []
  const packages = steps.reduce<readonly PackageUse[]>((all, step) => union(all, ofEcosystem(step, 'npm')), [])
  return [{ kind: 'node', packages, steps: steps.map((step) => stepName(step.step)) }]
}

const usesNode = (step: RecipeStep): boolean =>
  ofEcosystem(step, 'npm').length > 0 || step.inputs.some((input) => /(^|\/)node_modules\//.test(input.path))

/** `npm ci` as a step of the recipe: it runs as such. */
const installsNode = (step: RecipeStep): boolean => /^(npm|pnpm|yarn|bun) (ci|i|install)\b/.test(step.argv.join(' '))

function planConda(recipe: Recipe): readonly EnvironmentPlan[] {
  const steps = recipe.steps.filter((step) => ofEcosystem(step, 'conda').length > 0 && !makesItsOwn(step))
  if (steps.length === 0) return []
  const all = (ecosystem: string) =>
    steps.reduce<readonly PackageUse[]>((some, step) => union(some, ofEcosystem(step, ecosystem)), [])
  const packages = all('conda')
  // Of one that conda brought both names are recorded.
  const brought = new Set(packages.map((one) => spelt(one.name)))
  const python = packages.some((one) => one.name === 'python')
  const others = python ? all('pypi').filter((one) => !brought.has(spelt(one.name))) : []
  const pip = others.filter((one) => inPlace(one) === null)
  const projects = projectsOf(others, recipe.turned)
  return [{ kind: 'conda', packages, pip, projects, steps: steps.map((step) => stepName(step.step)) }]
}

/** As PyPI compares names. */
const spelt = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

const ofEcosystem = (step: RecipeStep, ecosystem: string): readonly PackageUse[] =>
  step.packages.filter((one) => one.ecosystem === ecosystem)

const union = (a: readonly PackageUse[], b: readonly PackageUse[]): readonly PackageUse[] =>
  sorted([...new Map([...a, ...b].map((one) => [`${one.name}\0${one.version}`, one])).values()])

const sorted = (packages: readonly PackageUse[]): readonly PackageUse[] =>
  [...packages].sort((a, b) => (a.name < b.name ? -1 : 1))
