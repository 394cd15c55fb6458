/** Jobs without their edges: for lists, references and graphs. */
import type { Insertable, Updateable } from 'kysely'
import type { JobsTable } from '../schema/tables.ts'
import type { Build } from './builder.ts'
import { listed, row } from './values.ts'

export const jobSelection = (build: Build) =>
  build
    .selectFrom('jobs')
    .innerJoin('sessions', 'sessions.id', 'jobs.session_id')
    .innerJoin('steps', 'steps.id', 'jobs.step_id')
    .select(['jobs.id', 'jobs.uid', 'jobs.verb', 'jobs.session_id', 'sessions.hash', 'steps.kind', 'steps.number'])
    .select(['jobs.execution', 'jobs.name', 'jobs.status', 'jobs.argv', 'jobs.cwd'])
    .select(['jobs.started_at', 'jobs.ended_at', 'jobs.duration_ms', 'jobs.exit_code', 'jobs.signal'])
    .select(['jobs.dirty', 'jobs.commit_id', 'jobs.branch', 'jobs.inputs', 'jobs.outputs', 'jobs.complete'])
    .select(['jobs.trace_log', 'jobs.recorder_pid', 'jobs.recorder_start'])

const newest = (build: Build, { limit, offset }: Part) =>
  jobSelection(build).orderBy('jobs.id', 'desc').limit(limit).offset(offset)

const count = (build: Build) => build.selectFrom('jobs').select((eb) => eb.fn.countAll<number>().as('n'))

/** `limit` -1: all. */
export interface Part {
  readonly limit: number
  readonly offset: number
}
export interface OfSession {
  readonly session: number
}

type Started = Omit<Insertable<JobsTable>, 'lost' | 'complete' | 'inputs' | 'outputs'>
type Ended = Required<Pick<Updateable<JobsTable>, (typeof ended | typeof endedAs | typeof endedWith)[number]>>

const started = [
  'uid',
  'verb',
  'session_id',
  'step_id',
  'execution',
  'name',
  'status',
  'argv',
  'command',
  'cwd',
] as const
const startedAs = [
  'started_at',
  'in_git',
  'git_root',
  'repository',
  'branch',
  'commit_id',
  'dirty',
  'detached',
] as const
const startedBy = ['shallow', 'sparse', 'linked_worktree', 'trace_log', 'recorder_pid', 'recorder_start'] as const
const ended = ['status', 'ended_at', 'duration_ms', 'exit_code', 'signal', 'tracer', 'tracer_version'] as const
const endedAs = [
  'tracer_reason',
  'lost',
  'complete',
  'inputs',
  'outputs',
  'setup_ms',
  'child_ms',
  'observe_ms',
] as const
const endedWith = ['hash_ms', 'record_ms', 'environment_id', 'filtered_set_id'] as const

export const jobQueries = {
  newestJobs: newest,
  newestJobsOfSession: (build: Build, given: Part & OfSession) =>
    newest(build, given).where('jobs.session_id', '=', given.session),
  jobsByStatus: (build: Build, { status }: { status: JobsTable['status'] }) =>
    jobSelection(build).where('jobs.status', '=', status).orderBy('jobs.id', 'desc'),
  jobsByUid: (build: Build, { from, to }: { from: string; to: string }) =>
    jobSelection(build).where('jobs.uid', '>=', from).where('jobs.uid', '<', to).limit(16),
  jobsByIds: (build: Build, { ids }: { ids: readonly number[] }) =>
    jobSelection(build).where('jobs.id', 'in', listed(ids)),
  executionsOfStep: (build: Build, given: OfSession & { kind: 'run' | 'build'; number: number; limit: number }) =>
    jobSelection(build)
      .where('steps.session_id', '=', given.session)
      .where('steps.kind', '=', given.kind)
      .where('steps.number', '=', given.number)
      .orderBy('jobs.execution', 'desc')
      .limit(given.limit),
  countJobs: count,
  countJobsOfSession: (build: Build, { session }: OfSession) => count(build).where('jobs.session_id', '=', session),
  wholeJobs: (build: Build, { ids }: { ids: readonly number[] }) =>
    build.selectFrom('jobs').selectAll().where('id', 'in', listed(ids)),

  jobOfUid: (build: Build, { uid }: { uid: string }) =>
    build.selectFrom('jobs').select(['id', 'status', 'step_id']).where('uid', '=', uid),
  inputsOfJob: (build: Build, { job }: { job: number }) =>
    build.selectFrom('jobs').select('inputs').where('id', '=', job),
  stepOfJob: (build: Build, { id }: { id: number }) => build.selectFrom('jobs').select('step_id').where('id', '=', id),
  newestExecution: (build: Build, { step }: { step: number }) =>
    build.selectFrom('jobs').select('execution').where('step_id', '=', step).orderBy('execution', 'desc').limit(1),
  insertJob: (build: Build, given: Started) =>
    build.insertInto('jobs').values({
      ...row(given, started),
      ...row(given, startedAs),
      ...row(given, startedBy),
      ...{ lost: 0, complete: 0, inputs: 0, outputs: 0 },
    }),
  endJob: (build: Build, given: Ended & { id: number }) =>
    build
      .updateTable('jobs')
      .set({ ...row(given, ended), ...row(given, endedAs), ...row(given, endedWith), trace_log: null })
      .where('id', '=', given.id),
  deleteJob: (build: Build, { id }: { id: number }) => build.deleteFrom('jobs').where('id', '=', id),
}
