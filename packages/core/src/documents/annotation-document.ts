/** `roar.label/1`, `roar.tag/1` and their histories: notes and marks on one thing. */
import { type AnnotationRow, labelsOf } from '../annotations.ts'
import { instant } from './instant.ts'

export interface AnnotatedThing {
  readonly of: 'session' | 'job' | 'artifact'
  /** A session's hash, a job's uid, a digest. */
  readonly name: string
}

export type LabelDocument = ReturnType<typeof labelDocument>
export type HistoryDocument = ReturnType<typeof historyDocument>
export type TagDocument = ReturnType<typeof tagDocument>

export const labelDocument = (thing: AnnotatedThing, rows: readonly AnnotationRow[]) => ({
  schema: 'roar.label/1' as const,
  target: thing,
  labels: labelsOf(rows),
})

/** Newest last. */
export const historyDocument = (thing: AnnotatedThing, rows: readonly AnnotationRow[]) => ({
  schema: 'roar.history/1' as const,
  target: thing,
  changes: rows.map(({ at, change, name, value }) => ({ at: instant(at), change, name, value })),
})

export interface TagLine {
  readonly name: string
  readonly value: string
  /** Put here, not inherited. */
  readonly own: boolean
  readonly from: readonly (AnnotatedThing & { readonly path: string | null; readonly step: string | null })[]
}

export const tagDocument = (thing: AnnotatedThing, marks: readonly TagLine[]) => ({
  schema: 'roar.tag/1' as const,
  target: thing,
  marks,
})
