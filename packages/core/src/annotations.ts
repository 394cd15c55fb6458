/** Notes (labels) and inherited marks (tags) that people put on sessions, jobs and artifacts: a ledger of changes, and what holds after them. */

/** What something is noted on. */
export interface AnnotationTarget {
  readonly of: 'session' | 'job' | 'artifact'
  /** The store's id. */
  readonly id: number
}

/** `set` and `unset` a label; `add` a mark, `remove` one, or with a null value all marks of that name. */
export type AnnotationChange =
  | { readonly change: 'set'; readonly name: string; readonly value: unknown }
  | { readonly change: 'unset'; readonly name: string; readonly value: null }
  | { readonly change: 'add'; readonly name: string; readonly value: string }
  | { readonly change: 'remove'; readonly name: string; readonly value: string | null }

/** One change, as the ledger keeps it. */
export type AnnotationRow = AnnotationChange & {
  readonly target: AnnotationTarget
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** By the store's ids; absent: none of that kind. */
export interface AnnotationQuery {
  readonly sessions?: readonly number[]
  readonly jobs?: readonly number[]
  readonly artifacts?: readonly number[]
}

/** A tag: inherited by what is made from its target. */
export interface Mark {
  readonly name: string
  readonly value: string
}

/** The labels that hold, as one document: `model.name` is `name` within `model`. */
export function labelsOf(rows: readonly AnnotationRow[]): Readonly<Record<string, unknown>> {
  const flat = new Map<string, unknown>()
  for (const row of rows) {
    if (row.change !== 'set' && row.change !== 'unset') continue
    // A name takes the place of everything below it, and of what it lies below.
    for (const name of [...flat.keys()]) if (overlaps(name, row.name)) flat.delete(name)
    if (row.change === 'set') flat.set(row.name, row.value)
  }
  return nested(flat)
}

const overlaps = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)

function nested(flat: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const document: Record<string, unknown> = Object.create(null)
  for (const name of [...flat.keys()].sort()) {
    const parts = name.split('.')
    const last = parts.pop() as string
    let at = document
    for (const part of parts) {
      at[part] ??= Object.create(null)
      at = at[part] as Record<string, unknown>
    }
    at[last] = flat.get(name)
  }
  return document
}

/** The marks that were put here and not taken away again; not those that are inherited. */
export function marksOf(rows: readonly AnnotationRow[]): readonly Mark[] {
  const marks = new Map<string, Mark>()
  for (const row of rows) {
    if (row.change === 'add') marks.set(`${row.name}\0${row.value}`, { name: row.name, value: row.value })
    if (row.change !== 'remove') continue
    for (const [key, mark] of marks)
      if (mark.name === row.name && (row.value === null || mark.value === row.value)) marks.delete(key)
  }
  return [...marks.values()].sort((a, b) => (a.name + a.value < b.name + b.value ? -1 : 1))
}
