/** `roar.verdict/1` of a reproduction: each output beside what it should have been. */
import { type BytePath, pathFields } from '@roar/core'
import {
  type Acceptable,
  holds,
  type JudgedOutput,
  type Recipe,
  type Reproduced,
  type Tolerance,
  worst,
} from '@roar/reproduction'

export type VerdictDocument = ReturnType<typeof reproductionVerdict>

export interface VerdictOptions {
  readonly accept: Acceptable
  readonly tolerance: Tolerance
}

export function reproductionVerdict(recipe: Recipe, done: Reproduced, { accept, tolerance }: VerdictOptions) {
  const key = (uid: string, path: BytePath) => `${uid}\0${path}`
  const asked = new Set(recipe.targets.map((one) => key(one.uid, one.path)))
  const isTarget = (one: JudgedOutput) => asked.has(key(one.uid, one.path))
  const targets = done.outputs.filter(isTarget)
  const verdict = worst(targets.map((one) => one.verdict))
  return {
    schema: 'roar.verdict/1' as const,
    of: recipe.of,
    member: recipe.member ?? null,
    by: 'reproduce' as const,
    verdict,
    accept,
    holds: holds(verdict, accept),
    tolerance,
    outputs: targets.map(outputBody),
    intermediate: done.outputs.filter((one) => !isTarget(one)).map(outputBody),
    /** The first step, in order, that did not make again what it had made. */
    first_divergence: done.outputs.find((one) => one.verdict !== 'identical')?.step ?? null,
    steps: done.steps.map((one) => ({ step: one.step, recorded: one.uid, again: one.job, duration_ms: one.ms })),
    substitutions: done.substitutions,
    directory: done.places.workspace,
  }
}

export const outputBody = (one: Omit<JudgedOutput, 'uid'>) => ({
  ...pathFields(one.path),
  step: one.step,
  expected: one.expected,
  found: one.found,
  verdict: one.verdict,
  comparer: one.comparer,
  difference: one.difference,
})
