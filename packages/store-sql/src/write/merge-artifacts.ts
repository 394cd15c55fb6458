/** Two artifacts that were known by different algorithms turn out to be one. */
import type { Sql } from '../sql.ts'

export function mergeArtifacts(sql: Sql, from: number, into: number): void {
  const { build } = sql
  const seen = sql.first(build.selectFrom('artifacts').select('first_seen').where('id', '=', from))
  sql.run(build.updateTable('edges').set({ artifact_id: into }).where('artifact_id', '=', from))
  sql.run(build.updateTable('annotations').set({ artifact_id: into }).where('artifact_id', '=', from))
  sql.run(
    build
      .deleteFrom('digests')
      .where('artifact_id', '=', from)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('digests as kept')
            .select('kept.value')
            .where('kept.artifact_id', '=', into)
            .whereRef('kept.value', '=', 'digests.value')
            .whereRef('kept.algorithm', '=', 'digests.algorithm'),
        ),
      ),
  )
  sql.run(build.updateTable('digests').set({ artifact_id: into }).where('artifact_id', '=', from))
  // No job names both: within one, contents that share a digest are one already.
  sql.run(build.updateTable('artifact_locations').set({ artifact_id: into }).where('artifact_id', '=', from))
  const paged = build.selectFrom('artifact_pages').select('place').where('artifact_id', '=', into).limit(1)
  if (!sql.first(paged))
    sql.run(build.updateTable('artifact_pages').set({ artifact_id: into }).where('artifact_id', '=', from))
  sql.run(build.deleteFrom('artifacts').where('id', '=', from))
  if (!seen) return
  sql.run(
    build
      .updateTable('artifacts')
      .set({ first_seen: seen.first_seen })
      .where('id', '=', into)
      .where('first_seen', '>', seen.first_seen),
  )
}
