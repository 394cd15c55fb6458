/** Artifacts, their digests and where else they lie. */
import type { Claim } from '@roar/core'
import { sql as raw } from 'kysely'
import type { LocationsTable } from '../schema/tables.ts'
import type { Build } from './builder.ts'
import { listed, row } from './values.ts'

export interface Some {
  readonly ids: readonly number[]
}
export interface Merge {
  readonly from: number
  readonly into: number
}

/** Written out: the index of these rows serves no parameter. */
const isUnverified = raw<boolean>`claim <> 'verified'`

/** Of values from `from` up to `to`. */
const byValue = (build: Build, { from, to }: { from: string; to: string }) =>
  build
    .selectFrom('digests')
    .select('artifact_id')
    .distinct()
    .where('value', '>=', from)
    .where('value', '<', to)
    .limit(16)

export const artifactQueries = {
  artifactsByDigest: byValue,
  artifactsByDigestOf: (build: Build, given: { from: string; to: string; algorithm: string }) =>
    byValue(build, given).where('algorithm', '=', given.algorithm),
  artifactsByEtag: (build: Build, { etag }: { etag: string }) =>
    build.selectFrom('artifact_locations').select('artifact_id').distinct().where('etag', '=', etag).limit(16),
  artifacts: (build: Build, { ids }: Some) => build.selectFrom('artifacts').selectAll().where('id', 'in', listed(ids)),
  locationsOfArtifact: (build: Build, { artifact }: { artifact: number }) =>
    build
      .selectFrom('artifact_locations')
      .innerJoin('jobs', 'jobs.id', 'artifact_locations.job_id')
      .select(['url', 'endpoint', 'version_id', 'etag', 'seen_at', 'uid'])
      .where('artifact_id', '=', artifact)
      .orderBy('seen_at', 'desc')
      .limit(1000),
  digestsOfArtifacts: (build: Build, { ids }: Some) =>
    build.selectFrom('digests').select(['artifact_id', 'algorithm', 'value']).where('artifact_id', 'in', listed(ids)),
  claimsOfArtifacts: (build: Build, { ids }: Some) =>
    build
      .selectFrom('digests')
      .select(['artifact_id', 'algorithm', 'claim'])
      .where(isUnverified)
      .where('artifact_id', 'in', listed(ids)),
  digestsOfArtifact: (build: Build, { artifact }: { artifact: number }) =>
    build.selectFrom('digests').select(['algorithm', 'value']).where('artifact_id', '=', artifact),
  digestOfArtifact: (build: Build, { artifact, algorithm }: { artifact: number; algorithm: string }) =>
    build.selectFrom('digests').select('value').where('artifact_id', '=', artifact).where('algorithm', '=', algorithm),
  anyUnverified: (build: Build) =>
    build.selectFrom('digests').select('value').where('artifact_id', '>=', 0).where(isUnverified).limit(1),
  newestArtifact: (build: Build) => build.selectFrom('artifacts').select('id').orderBy('id', 'desc').limit(1),

  insertDigest: (build: Build, given: { value: string; algorithm: string; artifact_id: number; claim: Claim }) =>
    build.insertInto('digests').values(row(given, ['value', 'algorithm', 'artifact_id', 'claim'])),
  verifyDigest: (build: Build, given: { artifact: number; algorithm: string; value: string }) =>
    build
      .updateTable('digests')
      .set({ claim: 'verified' })
      .where('value', '=', given.value)
      .where('algorithm', '=', given.algorithm)
      .where('artifact_id', '=', given.artifact),
  insertLocation: (build: Build, given: LocationsTable) =>
    build
      .insertInto('artifact_locations')
      .values(row(given, ['artifact_id', 'job_id', 'url', 'endpoint', 'version_id', 'etag', 'seen_at']))
      .onConflict((conflict) => conflict.doNothing()),
  deleteUnusedArtifact: (build: Build, { artifact }: { artifact: number }) =>
    build
      .deleteFrom('artifacts')
      .where('id', '=', artifact)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('edges').select('edges.job_id').whereRef('edges.artifact_id', '=', 'artifacts.id'))),
      ),

  firstSeen: (build: Build, { artifact }: { artifact: number }) =>
    build.selectFrom('artifacts').select('first_seen').where('id', '=', artifact),
  setFirstSeen: (build: Build, { artifact, at }: { artifact: number; at: number }) =>
    build.updateTable('artifacts').set({ first_seen: at }).where('id', '=', artifact).where('first_seen', '>', at),
  mergeEdges: (build: Build, { from, into }: Merge) =>
    build.updateTable('edges').set({ artifact_id: into }).where('artifact_id', '=', from),
  mergeAnnotations: (build: Build, { from, into }: Merge) =>
    build.updateTable('annotations').set({ artifact_id: into }).where('artifact_id', '=', from),
  deleteSharedDigests: (build: Build, { from, into }: Merge) =>
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
  mergeDigests: (build: Build, { from, into }: Merge) =>
    build.updateTable('digests').set({ artifact_id: into }).where('artifact_id', '=', from),
  mergeLocations: (build: Build, { from, into }: Merge) =>
    build.updateTable('artifact_locations').set({ artifact_id: into }).where('artifact_id', '=', from),
  mergePages: (build: Build, { from, into }: Merge) =>
    build.updateTable('artifact_pages').set({ artifact_id: into }).where('artifact_id', '=', from),
  deleteArtifact: (build: Build, { artifact }: { artifact: number }) =>
    build.deleteFrom('artifacts').where('id', '=', artifact),
}
