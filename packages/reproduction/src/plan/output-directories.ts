/** Directories of outputs that a step may need to find: one that somebody once made by hand is in no record. */
import type { BytePath } from '@roar/core'
import type { RecipeStep } from '../recipe/recipe.ts'

/** All above each output, upper ones first, relative to the workspace; those outside of it are left alone. */
export function outputDirectories({ outputs }: Pick<RecipeStep, 'outputs'>): readonly BytePath[] {
  const all = new Set(outputs.flatMap(({ path }) => (path.startsWith('/') ? [] : directoriesAbove(path))))
  return [...all].sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
}

/** 1: directly in the workspace. */
export const depthOf = (path: BytePath): number => path.split('/').length

function directoriesAbove(path: BytePath): readonly BytePath[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join('/') as BytePath)
}
