/** The id that the next row of a table gets. Whoever asks holds the write lock, so nobody else takes it. */
import type { Sql } from '../sql.ts'

export const nextPath = (sql: Sql): number => (sql.first('newestPath')?.id ?? 0) + 1

export const nextArtifact = (sql: Sql): number => (sql.first('newestArtifact')?.id ?? 0) + 1
