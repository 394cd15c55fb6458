/** Milliseconds since the epoch as ISO 8601 in UTC; null stays null. */
export function instant(ms: number): string
export function instant(ms: number | null): string | null
export function instant(ms: number | null): string | null {
  if (ms === null) return null
  const date = new Date(ms)
  // A clock that went wild must not make a record unreadable.
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString()
}
