/** Puts steps in an order in which nothing is used before it is made: build steps first, then by time. */
import type { RecipeStep } from './recipe.ts'

/** `producers`: uids of the steps whose outputs a step reads. */
export function orderSteps(
  steps: readonly RecipeStep[],
  producers: ReadonlyMap<string, readonly string[]>,
): readonly RecipeStep[] {
  const waiting = [...steps].sort(earlier)
  const ordered: RecipeStep[] = []
  const done = new Set<string>()
  const isReady = (step: RecipeStep) =>
    (producers.get(step.uid) ?? []).every((uid) => uid === step.uid || done.has(uid))
  while (waiting.length > 0) {
    // A circle (a file that two jobs rewrote in turn while both ran) is cut at its earliest job.
    const next = Math.max(0, waiting.findIndex(isReady))
    const [step] = waiting.splice(next, 1) as [RecipeStep]
    ordered.push(step)
    done.add(step.uid)
  }
  return ordered
}

const earlier = (a: RecipeStep, b: RecipeStep): number =>
  Number(b.kind === 'build') - Number(a.kind === 'build') || a.startedAt - b.startedAt || a.step.number - b.step.number
