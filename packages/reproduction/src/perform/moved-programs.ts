/** A step that named a program of an environment by its whole path gets the one of the environment that was made again. */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { binOf } from '../prepare/python.ts'
import type { RecipeStep } from '../recipe/recipe.ts'
import type { Moved } from '../recipe/relocate.ts'

export function movedPrograms(
  { argv }: RecipeStep,
  environments: readonly string[],
  { from }: Moved,
): ReadonlyMap<string, string> {
  const [program = ''] = argv
  const inWorkspace = from !== null && program.startsWith(`${from}/`)
  if (!program.startsWith('/') || inWorkspace || /^\/(usr|bin|sbin)\//.test(program)) return new Map()
  const again = environments.map((at) => join(binOf(at), basename(program))).find((path) => existsSync(path))
  return new Map(again === undefined ? [] : [[program, again]])
}
