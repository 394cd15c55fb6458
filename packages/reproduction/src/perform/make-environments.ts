/** Makes the environments of a plan, and says which of them each step has. */
import type { EnvironmentPlan } from '../plan/plan.ts'
import { prepareConda } from '../prepare/conda.ts'
import type { EnvironmentRoom } from '../prepare/environment.ts'
import { preparePython } from '../prepare/python.ts'

/** Directories by step. Node's is in the work tree itself: it is made behind each checkout. */
export async function makeEnvironments(
  room: EnvironmentRoom,
  plans: readonly EnvironmentPlan[],
): Promise<Record<string, string[]>> {
  const byStep: Record<string, string[]> = {}
  for (const [index, plan] of plans.entries()) {
    const at = await make(room, plan, index)
    for (const step of at === null ? [] : plan.steps) {
      byStep[step] ??= []
      byStep[step].push(at as string)
    }
  }
  return byStep
}

async function make(room: EnvironmentRoom, plan: EnvironmentPlan, index: number): Promise<string | null> {
  if (plan.kind === 'python') return preparePython(room, plan, index === 0 ? 'python' : `python-${index + 1}`)
  return plan.kind === 'conda' ? prepareConda(room, plan) : null
}
