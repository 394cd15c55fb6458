/** Directories of outputs that a step may need to find: one that somebody once made by hand is in no record. */
import type { BytePath } from '@roar/core'
import type { RecipeStep } from '../recipe/recipe.ts'

/** Relative to the workspace; those outside of it are left alone. */
export function outputDirectories({ outputs }: Pick<RecipeStep, 'outputs'>): readonly BytePath[] {
  const inside = outputs.map((one) => one.path).filter((path) => !path.startsWith('/') && path.includes('/'))
  return [...new Set(inside.map((path) => path.slice(0, path.lastIndexOf('/')) as BytePath))]
}
