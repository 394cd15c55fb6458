/** Notes and marks in the database: appended, never rewritten. */
import type { AnnotationChange, AnnotationQuery, AnnotationRow, AnnotationTarget } from '@roar/core'
import type { Sql } from './sql.ts'
import type { Row } from './statements/statement.ts'

export function annotate(sql: Sql, target: AnnotationTarget, changes: readonly AnnotationChange[], at: number): void {
  const place = {
    session_id: target.of === 'session' ? target.id : null,
    job_id: target.of === 'job' ? target.id : null,
    artifact_id: target.of === 'artifact' ? target.id : null,
  }
  sql.transaction(() => {
    for (const { change, name, value } of changes) {
      const text = value === null && change !== 'set' ? null : JSON.stringify(value)
      sql.run('insertAnnotation', { ...place, change, name, value: text, at })
    }
  })
}

/** Oldest first. */
export function annotations(sql: Sql, query: AnnotationQuery): readonly AnnotationRow[] {
  const asked = [
    ['annotationsOfSessions', query.sessions],
    ['annotationsOfJobs', query.jobs],
    ['annotationsOfArtifacts', query.artifacts],
  ] as const
  const rows = asked.flatMap(([name, ids]) => {
    if (ids === undefined || ids.length === 0) return []
    return sql.all(name, { ids })
  })
  return [...runTags(sql, query.jobs ?? []), ...rows.sort((a, b) => a.id - b.id).map(annotationRow)]
}

/** `roar run --tag` put them when the job began, before anything else could be noted on it. */
function runTags(sql: Sql, jobs: readonly number[]): readonly AnnotationRow[] {
  if (jobs.length === 0) return []
  return sql.all('runTags', { ids: jobs }).map(({ job_id, name, value, started_at }) => ({
    ...{ target: { of: 'job', id: job_id }, at: started_at, change: 'add', name, value },
  }))
}

function annotationRow({
  session_id,
  job_id,
  artifact_id,
  change,
  name,
  value,
  at,
}: Row<'annotationsOfJobs'>): AnnotationRow {
  const target: AnnotationTarget =
    session_id !== null
      ? { of: 'session', id: session_id }
      : job_id !== null
        ? { of: 'job', id: job_id }
        : { of: 'artifact', id: artifact_id as number }
  return { target, at, change, name, value: value === null ? null : JSON.parse(value) } as AnnotationRow
}
