/** Jobs as the API shows them. */
import type { Job, JobEdge, JobSummary } from '../api/index.ts'
import type { Reader } from '../database/database.ts'
import { digestText } from '../realm/digest.ts'
import type { Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import { type Row, tables } from '../schema/tables.ts'
import { kinds } from '../write/artifact-rows.ts'
import { type roles as roleNames, roles, type UnhashedLink } from '../write/job-rows.ts'
import { isoTimeOrNull, tombstone } from './artifact-documents.ts'
import { chunks } from './chunks.ts'
import { artifactsById } from './find.ts'

type Role = (typeof roleNames)[number]

/** All but the document: it is the largest by far, and a summary does not need it. */
export const jobColumns = (Object.keys(tables.jobs.columns) as (keyof Row<'jobs'>)[])
  .filter((column): column is Exclude<keyof Row<'jobs'>, 'document'> => column !== 'document')
  .map((column) => `jobs.${column}` as const)

/** What has no column of its own. */
export interface JobDetails {
  readonly argv?: string[]
  readonly cwd?: string | null
  readonly name?: string | null
  readonly signal?: string | null
  readonly metadata?: string | null
  readonly record?: Record<string, unknown>
  readonly unhashed?: readonly UnhashedLink[]
}

const jobDetails = (row: Row<'jobs'>): JobDetails => (row.document === null ? {} : JSON.parse(row.document))

/** `row`: opened. */
export const jobSummary = (row: Row<'jobs'>): JobSummary => ({
  id: row.id.toString('hex'),
  job_uid: row.uid ?? row.id.toString('hex').slice(0, 8),
  command: row.command,
  job_type: row.kind ?? 'run',
  step_number: row.step,
  git_repo: row.repository,
  git_commit: row.revision,
  git_branch: row.branch,
  started_at: isoTimeOrNull(row.started_at),
  duration_seconds: row.duration_ms === null ? null : row.duration_ms / 1000,
  exit_code: row.exit_code,
  dirty: row.dirty === 1,
  withdrawn: tombstone(row),
  superseded_by: row.superseded_by?.toString('hex') ?? null,
})

/** `document`: null in the rows where it is not asked for. In a private realm it is in what is sealed, and comes anyway. */
export async function jobsById(
  db: Reader,
  realm: Realm,
  ids: readonly Buffer[],
  withDocuments: boolean,
): Promise<readonly Row<'jobs'>[]> {
  const found: Row<'jobs'>[] = []
  for (const some of chunks(ids, 1000)) {
    const select = db.selectFrom('jobs').select(jobColumns).where('id', 'in', some)
    const rows = await (withDocuments ? select.select('document') : select).execute()
    // Not asked of the engine: it might begin with all jobs of the realm, and look for these among them.
    for (const row of rows) if (row.realm === realm.id) found.push(openRow(realm, 'jobs', { document: null, ...row }))
  }
  return found
}

const edgesAtOnce = 500

/** Every edge of these jobs, those without content included, by job id (hex). */
export async function edgesOf(
  db: Reader,
  realm: Realm,
  jobs: readonly Row<'jobs'>[],
): Promise<ReadonlyMap<string, readonly JobEdge[]>> {
  const byJob = new Map<string, JobEdge[]>(jobs.map((job) => [job.id.toString('hex'), unhashedEdges(job)]))
  for (const some of chunks(jobs, edgesAtOnce)) {
    const rows = await db
      .selectFrom('edges')
      .selectAll()
      .where(
        'job',
        'in',
        some.map((job) => job.id),
      )
      .execute()
    const edges = await withArtifacts(db, realm, rows)
    for (const [job, edge] of edges) byJob.get(job.toString('hex'))?.push(edge)
  }
  for (const edges of byJob.values()) edges.sort(byPath)
  return byJob
}

const byPath = (a: JobEdge, b: JobEdge): number => ((a.path ?? '') < (b.path ?? '') ? -1 : 1)

async function withArtifacts(
  db: Reader,
  realm: Realm,
  rows: readonly Row<'edges'>[],
): Promise<readonly (readonly [Buffer, JobEdge])[]> {
  const ids = [...new Map(rows.map((row) => [row.artifact.toString('latin1'), row.artifact])).values()]
  const artifacts = new Map<string, Row<'artifacts'>>()
  for (const some of chunks(ids, 1000))
    for (const { row } of await artifactsById(db, realm, some)) artifacts.set(row.id.toString('latin1'), row)
  return rows.map((sealed) => {
    const row = openRow(realm, 'edges', sealed)
    const artifact = artifacts.get(row.artifact.toString('latin1'))
    const link = row.document === null ? {} : JSON.parse(row.document)
    return [
      row.job,
      {
        ...edgeFacts(link),
        role: roles[row.role] as Role,
        hash:
          artifact?.algorithm && artifact.digest
            ? digestText({ algorithm: artifact.algorithm, bytes: artifact.digest })
            : null,
        algorithm: artifact?.algorithm ?? null,
        path: row.path,
        size: artifact?.size ?? link.size ?? null,
        kind: kinds[artifact?.kind ?? 0] ?? 'file',
      },
    ] as const
  })
}

const edgeFacts = (link: Partial<UnhashedLink>) => ({
  path_b64: link.path_b64 ?? null,
  access: link.access ?? [],
  sourced: link.sourced ?? null,
  reason: link.reason ?? null,
  kept_for: link.kept_for ?? null,
})

const unhashedEdges = (job: Row<'jobs'>): JobEdge[] =>
  (jobDetails(job).unhashed ?? []).map((link) => ({
    ...edgeFacts(link),
    role: link.role,
    hash: null,
    algorithm: null,
    path: link.path,
    size: link.size ?? null,
    kind: link.kind ?? 'file',
  }))

export const edgesWithRole = (edges: readonly JobEdge[], role: Role): JobEdge[] =>
  edges.filter((edge) => edge.role === role)

/** The fields of a whole job that are in its row. */
export function jobFacts(
  row: Row<'jobs'>,
): Pick<Job, 'name' | 'argv' | 'cwd' | 'signal' | 'metadata' | 'record' | 'supersedes'> {
  const details = jobDetails(row)
  return {
    name: details.name ?? null,
    argv: details.argv ?? null,
    cwd: details.cwd ?? null,
    signal: details.signal ?? null,
    metadata: details.metadata ?? null,
    record: details.record ?? null,
    supersedes: row.supersedes?.toString('hex') ?? null,
  }
}
