/** Jobs for the tests of stores: short to write, whole enough to be recorded. */
import {
  type BytePath,
  type InputEdge,
  type JobOutcome,
  type JobRecord,
  type JobStart,
  type LineageStore,
  noneFiltered,
  type OutputEdge,
} from '@roar/core'

/** Each job begins and ends a little later than the one before. */
let clock = 1_767_225_600_000

export const jobStart = (argv: readonly string[], more: Partial<JobStart> = {}): JobStart => ({
  kind: 'run',
  name: null,
  step: null,
  argv,
  cwd: '.',
  startedAt: ++clock,
  git: null,
  tags: {},
  traceLog: '/nowhere',
  recorderPid: 1,
  recorderStart: 'x:1',
  ...more,
})

/** `digest` null: the file was gone before it could be hashed. */
export const outputEdge = (path: string, digest: string | null, more: Partial<OutputEdge> = {}): OutputEdge => ({
  path: path as BytePath,
  names: [],
  kind: 'file',
  format: null,
  members: null,
  size: digest === null ? null : 5,
  digests: digest === null ? {} : { blake3: digest },
  reason: digest === null ? 'vanished' : null,
  access: ['created', 'written'],
  processes: [100],
  code: false,
  ...more,
})

export const inputEdge = (path: string, digest: string | null, more: Partial<InputEdge> = {}): InputEdge => ({
  ...outputEdge(path, digest),
  access: ['read'],
  sourced: 'none',
  inCommit: false,
  ...more,
})

export const jobOutcome = (more: Partial<JobOutcome> = {}): JobOutcome => ({
  status: 'completed',
  endedAt: ++clock,
  durationMs: 1,
  exit: { exitCode: 0, signal: null },
  tracer: { name: 'preload', version: '0', reason: 'auto', lost: 0, coverage: { complete: true, gaps: [] } },
  inputs: [],
  outputs: [],
  deleted: [],
  packages: [],
  environment: { os: 'Linux', hardware: 'x64', runtime: 'node', hostname: 'h', variables: { LANG: 'C' } },
  processes: [],
  filtered: {
    counts: noneFiltered(),
    paths: [],
  },
  timings: { setup: 1, child: 2, observe: 3, hash: 4, record: 0 },
  stillRunning: [],
  notes: [],
  ...more,
})

export type Recorded = JobRecord & { readonly outcome: NonNullable<JobRecord['outcome']> }

/** Begins and finishes one; returns its whole record. */
export async function recorded(
  store: LineageStore,
  argv: string,
  more: Partial<JobOutcome> = {},
  start: Partial<JobStart> = {},
): Promise<Recorded> {
  const handle = await store.beginJob(jobStart(argv.split(' '), start))
  await store.finishJob(handle.uid, jobOutcome(more))
  const record = await store.job(handle.id)
  if (!record?.outcome) throw new Error('the job was not recorded')
  return { ...record, outcome: record.outcome }
}

/** 64 times the same hex digit: a digest that is easy to tell apart. */
export const digest = (digit: string): string => digit.repeat(64)
