/** Takes back what a job was said to have done; what was known at its start stays, and so does what others say of it. */
import type { Sql } from '../sql.ts'
import { removeUnusedPages } from './composite-rows.ts'

/** Within a transaction. What hangs on edges and packages goes with them. */
export function removeOutcome(sql: Sql, job: number): void {
  const used = sql.all('artifactsOfJob', { job })
  const hadComposites = sql.first('anyComposite', { job })
  for (const table of tables) sql.run(table, { job })
  for (const { artifact_id } of used)
    if (artifact_id !== null) sql.run('deleteUnusedArtifact', { artifact: artifact_id })
  if (hadComposites) removeUnusedPages(sql)
}

const tables = [
  'deleteEdges',
  'deleteGaps',
  'deleteNotes',
  'deleteProcesses',
  'deleteSurvivors',
  'deleteDeleted',
  'deleteFiltered',
  'deletePackages',
  'deleteLockFiles',
  'deleteInterpreters',
] as const
