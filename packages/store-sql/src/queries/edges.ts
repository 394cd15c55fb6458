/** Edges, with what stands beside them: names, processes, producers. */
import type { ExpressionBuilder } from 'kysely'
import type { Tables } from '../schema/tables.ts'
import type { Build } from './builder.ts'
import { listed } from './values.ts'

export interface OfJobs {
  readonly jobs: readonly number[]
}

const edgesWithPaths = (build: Build) =>
  build
    .selectFrom('edges')
    .innerJoin('paths', 'paths.id', 'edges.path_id')
    .select(['job_id', 'role', 'artifact_id', 'path', 'escaped'])
    .orderBy('job_id', 'desc')
    .limit(1000)

const producing = (build: Build) => build.selectFrom('edges').select(['role', 'job_id', 'producer_job_id'])

/** From an ordinal up to another. */
export interface PartOfJob {
  readonly job: number
  readonly from: number
  readonly to: number
}

export interface SomeEdges {
  readonly job: number
  readonly ordinals: readonly number[]
}

const wholeEdges = (build: Build) =>
  build
    .selectFrom('edges')
    .innerJoin('paths', 'paths.id', 'edges.path_id')
    .leftJoin('artifacts', 'artifacts.id', 'edges.artifact_id')
    .leftJoin('jobs as producer', 'producer.id', 'edges.producer_job_id')
    .leftJoin('steps', 'steps.id', 'producer.step_id')
    .select(['edges.job_id', 'ordinal', 'edges.role', 'edges.artifact_id', 'path', 'escaped', 'edges.size'])
    .select(['edges.reason', 'access', 'sourced', 'in_commit', 'code', 'edges.kind', 'edges.format', 'edges.members'])
    .select(['artifacts.kind as artifact_kind', 'artifacts.format as artifact_format'])
    .select(['artifacts.members as artifact_members'])
    .select(['producer.uid', 'steps.kind as producer_kind', 'steps.number as producer_number'])

const names = (build: Build) =>
  build
    .selectFrom('edge_names')
    .innerJoin('paths', 'paths.id', 'edge_names.path_id')
    .select(['job_id', 'ordinal', 'path', 'escaped'])

const processes = (build: Build) => build.selectFrom('edge_processes').select(['job_id', 'ordinal', 'pid'])

/** What the producer has made there; where it made it elsewhere, the output is the same content. */
const bases = (build: Build) =>
  build
    .selectFrom('edge_bases as base')
    .innerJoin('paths', 'paths.id', 'base.path_id')
    .innerJoin('edges as own', (join) =>
      join.onRef('own.job_id', '=', 'base.job_id').onRef('own.ordinal', '=', 'base.ordinal'),
    )
    .innerJoin('paths as own_paths', 'own_paths.id', 'own.path_id')
    .leftJoin('edges as made', (join) =>
      join
        .onRef('made.path_id', '=', 'base.path_id')
        .onRef('made.job_id', '=', 'base.producer_job_id')
        .on('made.role', '=', 'output'),
    )
    .leftJoin('artifacts', (join) =>
      join.on((eb) => eb('artifacts.id', '=', eb.fn.coalesce('made.artifact_id', 'own.artifact_id'))),
    )
    .leftJoin('jobs as producer', 'producer.id', 'base.producer_job_id')
    .leftJoin('steps', 'steps.id', 'producer.step_id')
    .select(['base.job_id', 'base.ordinal', 'base.producer_job_id', 'own.role', 'whole'])
    .select(['paths.path', 'paths.escaped', 'own.artifact_id as own_artifact'])
    .select(['own_paths.path as own_path', 'own_paths.escaped as own_escaped'])
    .select((eb) =>
      eb
        .case()
        .when('base.producer_job_id', 'is', null)
        .then(null)
        .else(eb.ref('artifacts.id'))
        .end()
        .as('artifact_id'),
    )
    .select(['artifacts.kind', 'artifacts.format', 'artifacts.members', 'artifacts.size'])
    .select(['producer.uid', 'steps.kind as producer_kind', 'steps.number as producer_number'])

/** As `nameDigest` says: the primary algorithm's, else the first by name. Asked for one after the other, since to sort takes SQLite longer than to look. */
export const namingDigest = (edge: ExpressionBuilder<Tables, 'edges'>) => {
  const digests = edge
    .selectFrom('digests')
    .select('value')
    .whereRef('digests.artifact_id', '=', 'edges.artifact_id')
    .limit(1)
  return edge.fn.coalesce(digests.where('algorithm', '=', 'blake3'), digests.orderBy('algorithm'))
}

const graphEdges = (build: Build) =>
  build
    .selectFrom('edges')
    .innerJoin('paths', 'paths.id', 'edges.path_id')
    .leftJoin('artifacts', 'artifacts.id', 'edges.artifact_id')
    .select(['job_id', 'ordinal', 'artifact_id', 'path', 'escaped', 'role', 'edges.size', 'producer_job_id', 'code'])
    // What an edge without artifact is stands in the edge itself.
    .select(({ fn }) => [
      fn.coalesce('artifacts.kind', 'edges.kind').as('kind'),
      fn.coalesce('artifacts.format', 'edges.format').as('format'),
      fn.coalesce('artifacts.members', 'edges.members').as('members'),
    ])
    .select((edge) => namingDigest(edge).as('digest'))

export const edgeQueries = {
  edgesOfJobs: (build: Build, { jobs }: OfJobs) =>
    wholeEdges(build).where('edges.job_id', 'in', listed(jobs)).orderBy('edges.job_id').orderBy('edges.ordinal'),
  edgesOfPart: (build: Build, { job, from, to }: PartOfJob) =>
    wholeEdges(build)
      .where('edges.job_id', '=', job)
      .where('edges.ordinal', '>=', from)
      .where('edges.ordinal', '<', to)
      .orderBy('edges.ordinal'),
  edgesOfGraph: (build: Build, { jobs }: OfJobs) =>
    graphEdges(build).where('job_id', 'in', listed(jobs)).orderBy('job_id').orderBy('ordinal'),
  /** The first edges of a job, up to an ordinal. */
  firstEdgesOfGraph: (build: Build, { job, to }: { job: number; to: number }) =>
    graphEdges(build).where('job_id', '=', job).where('ordinal', '<', to).orderBy('ordinal'),
  someEdgesOfGraph: (build: Build, { job, ordinals }: SomeEdges) =>
    graphEdges(build).where('job_id', '=', job).where('ordinal', 'in', listed(ordinals)).orderBy('ordinal'),
  namesOfEdges: (build: Build, { jobs }: OfJobs) => names(build).where('job_id', 'in', listed(jobs)),
  namesOfPart: (build: Build, { job, from, to }: PartOfJob) =>
    names(build).where('job_id', '=', job).where('ordinal', '>=', from).where('ordinal', '<', to),
  processesOfEdges: (build: Build, { jobs }: OfJobs) => processes(build).where('job_id', 'in', listed(jobs)),
  processesOfPart: (build: Build, { job, from, to }: PartOfJob) =>
    processes(build).where('job_id', '=', job).where('ordinal', '>=', from).where('ordinal', '<', to),
  compositesOfEdges: (build: Build, { jobs }: OfJobs) =>
    build.selectFrom('edge_composites').selectAll().where('job_id', 'in', listed(jobs)),
  compositesOfPart: (build: Build, { job, from, to }: PartOfJob) =>
    build
      .selectFrom('edge_composites')
      .selectAll()
      .where('job_id', '=', job)
      .where('ordinal', '>=', from)
      .where('ordinal', '<', to),

  usesOfArtifact: (build: Build, { artifact, role }: { artifact: number; role: 'input' | 'output' }) =>
    edgesWithPaths(build).where('artifact_id', '=', artifact).where('role', '=', role),
  usesOfPath: (build: Build, { path, escaped }: { path: string; escaped: 0 | 1 }) =>
    edgesWithPaths(build).where('path', '=', path).where('escaped', '=', escaped),
  /** Read through where a path has no use of its own: the names have no index. */
  usesOfName: (build: Build, { path, escaped }: { path: string; escaped: 0 | 1 }) =>
    build
      .selectFrom('edge_names')
      .innerJoin('paths', 'paths.id', 'edge_names.path_id')
      .innerJoin('edges', (join) =>
        join.onRef('edges.job_id', '=', 'edge_names.job_id').onRef('edges.ordinal', '=', 'edge_names.ordinal'),
      )
      .select(['edges.job_id', 'role', 'artifact_id', 'path', 'escaped'])
      .where('path', '=', path)
      .where('escaped', '=', escaped)
      .orderBy('edges.job_id', 'desc')
      .limit(1000),
  /** Deletions have no index by path: one walk through all of them, however many paths are asked for. */
  removalsAt: (build: Build, { paths }: { paths: readonly string[] }) =>
    build
      .selectFrom('job_deleted')
      .select(({ fn }) => ['path_id', fn.max('job_id').as('job_id')])
      .where('path_id', 'in', (eb) => eb.selectFrom('paths').select('id').where('path', 'in', listed(paths)))
      .groupBy('path_id'),
  pathsOfIds: (build: Build, { ids }: { ids: readonly number[] }) =>
    build.selectFrom('paths').select(['id', 'path', 'escaped']).where('id', 'in', listed(ids)),
  /** Outputs that have come from elsewhere, and from where. */
  movesOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('edge_bases as base')
      .innerJoin('edges', (join) =>
        join.onRef('edges.job_id', '=', 'base.job_id').onRef('edges.ordinal', '=', 'base.ordinal'),
      )
      .innerJoin('paths', 'paths.id', 'edges.path_id')
      .select(['base.job_id', 'base.path_id', 'access', 'path', 'escaped'])
      .where('base.job_id', 'in', listed(jobs))
      .where('edges.role', '=', 'output'),
  artifactsOfJob: (build: Build, { job }: { job: number }) =>
    build
      .selectFrom('edges')
      .select('artifact_id')
      .distinct()
      .where('job_id', '=', job)
      .where('artifact_id', 'is not', null),

  /** 'output' > 'input': one walk to the end of one index tells who made it there, or what an earlier reader was told. */
  madeThere: (build: Build, { artifact, path }: { artifact: number; path: number }) =>
    producing(build)
      .where('path_id', '=', path)
      .where('artifact_id', '=', artifact)
      .orderBy('role', 'desc')
      .orderBy('job_id', 'desc')
      .limit(1),
  madeAnywhere: (build: Build, { artifact }: { artifact: number }) =>
    producing(build)
      .where('role', '=', 'output')
      .where('artifact_id', '=', artifact)
      .orderBy('job_id', 'desc')
      .limit(1),
  lastMadeAt: (build: Build, { path }: { path: number }) =>
    producing(build)
      .where('path_id', '=', path)
      .where('role', '=', 'output')
      .orderBy('job_id', 'desc')
      .orderBy('ordinal', 'desc')
      .limit(1),
  /** Outputs come behind inputs. */
  lastUseAt: (build: Build, { path }: { path: number }) =>
    producing(build).where('path_id', '=', path).orderBy('job_id', 'desc').orderBy('ordinal', 'desc').limit(1),
  basesOfJobs: (build: Build, { jobs }: OfJobs) =>
    bases(build).where('base.job_id', 'in', listed(jobs)).orderBy('base.job_id').orderBy('base.ordinal'),
  basesOfPart: (build: Build, { job, from, to }: PartOfJob) =>
    bases(build)
      .where('base.job_id', '=', job)
      .where('base.ordinal', '>=', from)
      .where('base.ordinal', '<', to)
      .orderBy('base.ordinal'),
  newestPath: (build: Build) => build.selectFrom('paths').select('id').orderBy('id', 'desc').limit(1),
}
