/** What `roar diff A B` does: finds both, walks their lineages together, and looks at the contents where they are at hand. */
import {
  type ArtifactRow,
  type Compared,
  type DiffSide,
  diffDocument,
  display,
  findDivergences,
  fromString,
  type JobRecord,
  type JobRow,
  type LineageStore,
  matchJobs,
  RoarError,
} from '@roar/core'
import { digestName, sameContent, type Tolerance } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import { jobsOf } from '../references/jobs-of.ts'
import { lookUp } from '../references/look-up.ts'
import type { Reference } from '../references/reference.ts'
import { compareAtHand } from './compare-at-hand.ts'

interface Side {
  readonly ref: string
  readonly reference: Reference
  readonly artifact: ArtifactRow | null
}

export async function compareReferences(services: Services, refs: readonly [string, string], tolerance: Tolerance) {
  const [a, b] = [await sideOf(services, refs[0]), await sideOf(services, refs[1])]
  const store = await services.get('storeReader')
  if ((a.reference.is === 'session') !== (b.reference.is === 'session')) throw unlike()
  const { pairs, onlyInA, onlyInB } = await pairsOf(store, a, b)
  const divergences = await findDivergences((uid) => byUid(store, uid), pairs)
  const same = areSame(a, b) ?? divergences.length + onlyInA.length + onlyInB.length === 0
  const content = same ? null : await compareAtHand(services, contentsOf(store, a, b, divergences), tolerance)
  return diffDocument({ a: side(a), b: side(b), divergences: same ? [] : divergences, onlyInA, onlyInB, content, same })
}

async function sideOf(services: Services, ref: string): Promise<Side> {
  const { reference } = await lookUp(services, ref)
  const artifact =
    reference.is === 'artifact'
      ? reference.artifact
      : reference.is === 'path'
        ? (reference.uses[0]?.artifact ?? null)
        : null
  return { ref, reference, artifact }
}

const side = ({ ref, reference, artifact }: Side): DiffSide => ({
  ref,
  is: reference.is === 'path' ? 'artifact' : reference.is,
  digest: artifact && digestName(artifact.digests),
})

/** Two contents with one digest are the same, however they were made. */
const areSame = (a: Side, b: Side): boolean | null =>
  a.artifact && b.artifact ? sameContent(a.artifact.digests, b.artifact.digests) : null

type Matched = Pick<Compared, 'onlyInA' | 'onlyInB'> & { readonly pairs: readonly (readonly [JobRecord, JobRecord])[] }

async function pairsOf(store: LineageStore, a: Side, b: Side): Promise<Matched> {
  if (a.reference.is === 'session' && b.reference.is === 'session') {
    const jobs = await Promise.all(
      [a.reference.session, b.reference.session].map((one) => store.jobs({ session: one.id })),
    )
    const { pairs, onlyInA, onlyInB } = matchJobs(jobs[0] ?? [], jobs[1] ?? [])
    return { pairs: await Promise.all(pairs.map(([x, y]) => records(store, x, y))), onlyInA, onlyInB }
  }
  const [x, y] = [await makerOf(store, a), await makerOf(store, b)]
  return { pairs: x && y ? [await records(store, x, y)] : [], onlyInA: [], onlyInB: [] }
}

/** Null for what came from outside: there is no job to be compared. */
async function makerOf(store: LineageStore, { reference }: Side): Promise<JobRow | null> {
  if (reference.is === 'session') return null
  if (reference.is === 'job') return reference.job
  const [job] = await jobsOf(store, reference)
  const record = job && (await store.job(job.id))
  const artifact = reference.is === 'artifact' ? reference.artifact.id : reference.uses[0]?.artifact?.id
  return record?.outcome?.outputs.some((one) => one.artifact === artifact) ? (job ?? null) : null
}

async function records(store: LineageStore, a: JobRow, b: JobRow): Promise<readonly [JobRecord, JobRecord]> {
  const [x, y] = await Promise.all([store.job(a.id), store.job(b.id)])
  return [x as JobRecord, y as JobRecord]
}

async function byUid(store: LineageStore, uid: string): Promise<JobRecord | null> {
  const [row] = await store.jobsByUid(uid)
  return row ? store.job(row.id) : null
}

/** Of artifacts they themselves; else the data, code or output that differs first. */
function contentsOf(store: LineageStore, a: Side, b: Side, divergences: Compared['divergences']) {
  if (a.artifact && b.artifact) return async () => ({ path: pathOf(a) ?? '', a: a.artifact, b: b.artifact })
  const [first] = divergences
  const differing = first?.causes.find((one) => one.kind === 'data' || one.kind === 'code')
  const path = differing ? fromString(differing.what) : first?.outputs[0]?.path
  return async () => {
    if (!first || path === undefined) return null
    const find = async (record: JobRecord) => {
      const edges = [...(record.outcome?.inputs ?? []), ...(record.outcome?.outputs ?? [])]
      const id = edges.find((edge) => edge.path === path)?.artifact ?? null
      return id === null ? null : store.artifact(id)
    }
    return { path: display(path), a: await find(first.a), b: await find(first.b) }
  }
}

const pathOf = ({ reference }: Side): string | null => (reference.is === 'path' ? display(reference.path) : null)

const unlike = (): RoarError =>
  new RoarError('ROAR_USAGE', 'A session can only be compared with a session.', {
    exitCode: 2,
    remedy: ['roar diff session:current session:HASH', 'roar log --all shows the sessions'],
  })
