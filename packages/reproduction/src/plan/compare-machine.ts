/** How this machine differs from those that the steps ran on. */
import { stepName } from '@roar/core'
import type { Recipe, RecipeStep } from '../recipe/recipe.ts'
import type { MachineDifference } from './plan.ts'

type Machine = NonNullable<RecipeStep['machine']>
const aspects = ['os', 'hardware', 'runtime'] as const

export function compareMachine(recipe: Recipe, here: Omit<Machine, 'hostname'>): readonly MachineDifference[] {
  const found = new Map<string, { what: MachineDifference['what']; recorded: string; here: string; steps: string[] }>()
  for (const { machine, step } of recipe.steps) {
    for (const what of machine ? aspects : []) {
      const recorded = (machine as Machine)[what]
      if (recorded === here[what]) continue
      const key = `${what}\0${recorded}`
      const known = found.get(key)
      if (known) known.steps.push(stepName(step))
      else found.set(key, { what, recorded, here: here[what], steps: [stepName(step)] })
    }
  }
  return [...found.values()]
}
