/** `roar.lineage/1` and `roar.inputs/1`: what something comes from, or leads to, and the files at the roots. */
import type { Direction } from '../graph/reach.ts'
import type { Staleness } from '../graph/staleness.ts'
import type { GraphRows, JobRecord, JobRow, StoredInput } from '../store.ts'
import { dagDocument } from './dag-document.ts'
import { inputBody } from './job-document.ts'
import { stepName } from './step-name.ts'

export type LineageDocument = ReturnType<typeof lineageDocument>
export type InputsDocument = ReturnType<typeof inputsDocument>

export interface LineageOptions {
  /** The reference as it was given. */
  readonly of: string
  readonly direction: Direction
  readonly session: string
  readonly staleness: Staleness
}

export function lineageDocument(rows: GraphRows, options: LineageOptions) {
  const { nodes, edges } = dagDocument(rows, options)
  return {
    schema: 'roar.lineage/1' as const,
    of: options.of,
    direction: options.direction,
    session: options.session,
    nodes,
    edges,
  }
}

export const inputsDocument = (of: string, inputs: readonly GatheredInput[]) => ({
  schema: 'roar.inputs/1' as const,
  of,
  inputs: inputs.map((one) => ({ ...inputBody(one.input), used_by: one.usedBy.map((job) => stepName(job.step)) })),
})

export interface GatheredInput {
  readonly input: StoredInput
  readonly usedBy: JobRow[]
}

/** The inputs of several jobs, each path with one content once. */
export function gatherInputs(records: readonly JobRecord[]): readonly GatheredInput[] {
  const gathered = new Map<string, GatheredInput>()
  for (const { row, outcome } of records) {
    for (const input of outcome?.inputs ?? []) {
      const key = `${input.path}\0${Object.values(input.digests)[0] ?? input.reason}`
      const known = gathered.get(key)
      if (known) known.usedBy.push(row)
      else gathered.set(key, { input, usedBy: [row] })
    }
  }
  return [...gathered.values()]
}
