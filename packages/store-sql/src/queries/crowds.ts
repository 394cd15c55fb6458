/**
 * Jobs with very many outputs in a graph: which of their outputs something else in the graph has to do with. Each is one walk through the jobs' own rows:
 * an index would be asked once for every path and every job, and has the uses of all sessions.
 */
import { sql as raw } from 'kysely'
import type { Build } from './builder.ts'
import { namingDigest, type PartOfJob } from './edges.ts'
import { listed } from './values.ts'

export interface Crowd {
  /** With many outputs. */
  readonly crowded: readonly number[]
}
export interface InGraph extends Crowd {
  /** The others of the graph. */
  readonly others: readonly number[]
}

/** With a sign before it SQLite looks for no index of a column (https://sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_). */
const unindexed = (column: 'path_id' | 'artifact_id') => raw<number>`+${raw.ref(`edges.${column}`)}`

const outputsOf = (build: Build, { crowded }: Crowd) =>
  build.selectFrom('edges').where('job_id', 'in', listed(crowded)).where('role', '=', 'output')

/** Inputs come before outputs: those of a crowded job end where its row says. */
const inputsOf = (build: Build, { crowded }: Crowd) =>
  build
    .selectFrom('jobs')
    .innerJoin('edges', 'edges.job_id', 'jobs.id')
    .where('jobs.id', 'in', listed(crowded))
    .whereRef('edges.ordinal', '<', 'jobs.inputs')

const basesIn = (build: Build, { crowded, others }: InGraph) =>
  build
    .selectFrom('edge_bases')
    .where('edge_bases.producer_job_id', 'is not', null)
    .where(({ or, eb }) =>
      or([eb('edge_bases.job_id', 'in', listed(crowded)), eb('edge_bases.job_id', 'in', listed(others))]),
    )

/** What a job kept is known by the path where it was made, and where nothing was made there by its content. */
const keptContents = (build: Build, given: InGraph) =>
  basesIn(build, given)
    .innerJoin('edges as own', (join) =>
      join.onRef('own.job_id', '=', 'edge_bases.job_id').onRef('own.ordinal', '=', 'edge_bases.ordinal'),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('edges as made')
            .select('made.ordinal')
            .whereRef('made.path_id', '=', 'edge_bases.path_id')
            .whereRef('made.job_id', '=', 'edge_bases.producer_job_id')
            .where('made.role', '=', 'output'),
        ),
      ),
    )
    .select('own.artifact_id')

/** What outputs are in short. */
const madeFiles = (build: Build, { job, from, to }: PartOfJob) =>
  build
    .selectFrom('edges')
    .innerJoin('paths', 'paths.id', 'edges.path_id')
    .leftJoin('artifacts', 'artifacts.id', 'edges.artifact_id')
    .select(['path', 'escaped', 'artifact_id', 'edges.size'])
    .select(({ fn }) => fn.coalesce('artifacts.kind', 'edges.kind').as('kind'))
    .where('job_id', '=', job)
    .where('ordinal', '>=', from)
    .where('ordinal', '<', to)
    .orderBy('ordinal')

export const crowdQueries = {
  /** At a path that another job makes too, or that any job uses. */
  outputsMetAtPath: (build: Build, given: InGraph) =>
    outputsOf(build, given)
      .select(['job_id', 'ordinal'])
      .where(unindexed('path_id'), 'in', () =>
        build
          .selectFrom('edges')
          .select('path_id')
          .where('job_id', 'in', listed(given.others))
          .unionAll(inputsOf(build, given).select('path_id'))
          .unionAll(basesIn(build, given).select('edge_bases.path_id')),
      ),
  outputsMadeTwice: (build: Build, given: Crowd) =>
    outputsOf(build, given)
      .select(['job_id', 'ordinal'])
      .where(unindexed('path_id'), 'in', () =>
        outputsOf(build, given).select('path_id').groupBy('path_id').having(raw<number>`count(*)`, '>', 1),
      ),
  /** A content that any job uses: the first output that has it. */
  outputsMetByContent: (build: Build, given: InGraph) =>
    outputsOf(build, given)
      .select(({ fn }) => ['job_id', fn.min('ordinal').as('ordinal')])
      .where(unindexed('artifact_id'), 'in', () =>
        build
          .selectFrom('edges')
          .select('artifact_id')
          .where('job_id', 'in', listed(given.others))
          .where('role', '=', 'input')
          .unionAll(inputsOf(build, given).select('artifact_id'))
          .unionAll(keptContents(build, given)),
      )
      .groupBy(['job_id', 'artifact_id']),

  madeFiles,
  madeFilesWithDigests: (build: Build, given: PartOfJob) =>
    madeFiles(build, given).select((edge) => namingDigest(edge).as('digest')),
}
