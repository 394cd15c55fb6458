/** Files that a step left in a directory for temporary ones, and that nobody asked for or used: locks and sockets of tools. */
import type { BytePath } from '@roar/core'
import type { Recipe, RecipeStep } from './recipe.ts'

const temporary = /^\/(?:tmp|var\/tmp|dev\/shm)\//

/** Its outputs that are neither made again on purpose nor compared. */
export function scratchOf({ steps, targets }: Recipe, step: RecipeStep): ReadonlySet<BytePath> {
  const left = step.outputs.map((one) => one.path).filter((path) => temporary.test(path))
  if (left.length === 0) return new Set()
  const used = new Set(steps.filter((one) => one !== step).flatMap((one) => one.inputs.map((input) => input.path)))
  const asked = new Set(targets.filter((one) => one.uid === step.uid).map((one) => one.path))
  return new Set(left.filter((path) => !used.has(path) && !asked.has(path)))
}
