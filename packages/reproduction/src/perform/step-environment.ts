/** The variables of one step: the user's, with the recorded ones over them, and the environments' programs first in the path. */
import { join } from 'node:path'
import { redactionsIn } from '@roar/core'
import type { Places } from '../places.ts'
import { toolCaches } from '../prepare/environment.ts'
import { binOf } from '../prepare/python.ts'
import { isOfTheMachine } from '../recipe/machine-variables.ts'
import type { RecipeStep } from '../recipe/recipe.ts'
import { type Moved, relocated } from '../recipe/relocate.ts'
import type { Env } from '../room.ts'

/** They would lead a step to other code than the recorded. */
const notInherited =
  /^(ROAR_.*|VIRTUAL_ENV|CONDA_.*|PYTHON.*|NODE_OPTIONS|NODE_PATH|LD_PRELOAD|GIT_(DIR|WORK_TREE|INDEX_FILE))$/

export function stepEnvironment(
  env: Env,
  step: RecipeStep,
  places: Places,
  environments: readonly string[],
  moved: Moved,
): Env {
  const inherited = Object.entries(env).filter(([name]) => !notInherited.test(name))
  const recorded = Object.entries(step.variables)
    .filter(([name, value]) => !isOfTheMachine(name) && redactionsIn([value]).length === 0)
    .map(([name, value]) => [name, relocated(value, moved)] as const)
  const path = [...environments.map(binOf), join(places.workspace, 'node_modules/.bin'), env.PATH ?? ''].join(':')
  return {
    ...Object.fromEntries(inherited),
    ...toolCaches(places),
    ...Object.fromEntries(recorded),
    PATH: path,
    TMPDIR: places.temporary,
  }
}
