/** A step as people write it: `@3` for a run, `@B1` for a build. */
import type { JobKind, StepKind, StepRef } from '../model.ts'

/** Of which kind a job's step is. */
export const stepKind = (kind: JobKind): StepKind => (kind === 'build' ? 'build' : 'run')

export const stepName = (step: StepRef): string => `@${step.kind === 'build' ? 'B' : ''}${step.number}`

const pattern = /^@(B?)([1-9]\d{0,8})$/i

/** Null when the text is no step. */
export function parseStepName(text: string): StepRef | null {
  const match = pattern.exec(text)
  return match ? { kind: match[1] ? 'build' : 'run', number: Number(match[2]) } : null
}
