/** Notes, marks and publications. */
import type { AnnotationsTable, RegistrationsTable } from '../schema/tables.ts'
import type { Build } from './builder.ts'
import { listed, row } from './values.ts'

export interface Some {
  readonly ids: readonly number[]
}

const annotations = (build: Build) => build.selectFrom('annotations').selectAll()

const state = ['staged', 'token', 'sent', 'cut', 'started_at', 'finished_at', 'session_hash', 'session_url'] as const

export const annotationQueries = {
  annotationsOfSessions: (build: Build, { ids }: Some) => annotations(build).where('session_id', 'in', listed(ids)),
  annotationsOfJobs: (build: Build, { ids }: Some) => annotations(build).where('job_id', 'in', listed(ids)),
  annotationsOfArtifacts: (build: Build, { ids }: Some) => annotations(build).where('artifact_id', 'in', listed(ids)),
  /** `roar run --tag` put them when the job began. */
  runTags: (build: Build, { ids }: Some) =>
    build
      .selectFrom('job_tags')
      .innerJoin('jobs', 'jobs.id', 'job_tags.job_id')
      .select(['job_id', 'job_tags.name', 'value', 'started_at'])
      .where('job_id', 'in', listed(ids)),
  insertAnnotation: (build: Build, given: Omit<AnnotationsTable, 'id'>) =>
    build
      .insertInto('annotations')
      .values(row(given, ['session_id', 'job_id', 'artifact_id', 'change', 'name', 'value', 'at'])),

  registration: (build: Build, { publication, registry }: { publication: string; registry: string }) =>
    build
      .selectFrom('registrations')
      .selectAll()
      .where('publication', '=', publication)
      .where('registry', '=', registry),
  registrations: (build: Build) => build.selectFrom('registrations').selectAll().orderBy('started_at', 'desc'),
  putRegistration: (build: Build, given: RegistrationsTable) =>
    build
      .insertInto('registrations')
      .values({ ...row(given, ['publication', 'registry']), ...row(given, state) })
      .onConflict((it) => it.columns(['publication', 'registry']).doUpdateSet(row(given, state))),
}
