/** Rows of many jobs, asked for at once and told apart again. */
export type ByJob<T> = (job: number) => T

/** In the order in which they came. */
export function byJob<R extends { readonly job_id: number }>(rows: readonly R[]): ByJob<readonly R[]> {
  const found = new Map<number, R[]>()
  for (const row of rows) {
    const known = found.get(row.job_id)
    if (known) known.push(row)
    else found.set(row.job_id, [row])
  }
  return (job) => found.get(job) ?? none
}

const none: readonly never[] = []

export function byOrdinal<R extends { readonly ordinal: number }, T>(rows: readonly R[], value: (row: R) => T) {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(row.ordinal)
    if (group) group.push(value(row))
    else groups.set(row.ordinal, [value(row)])
  }
  return groups
}
