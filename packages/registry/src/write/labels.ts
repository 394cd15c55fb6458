/** Labels are versions: a change adds one, and says who made it. */
import type { LabelDocument, LabelResult } from '../api/index.ts'
import type { Writer } from '../database/database.ts'
import { type Principal, realmById } from '../identity/principal.ts'
import { findArtifacts } from '../read/find.ts'
import { currentLabelRow, type LabelledTarget, labelDocument } from '../read/labels.ts'
import { searchTime } from '../realm/command-words.ts'
import { parseReference } from '../realm/digest.ts'
import { type Realm, termOf } from '../realm/realm.ts'
import { openRow, sealRow } from '../realm/sealed-rows.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'

export interface LabelOptions {
  /** The session of a registration, whose owner is known already: all targets must be in it. */
  readonly session?: Buffer
  readonly prune?: boolean
  readonly dryRun?: boolean
}

export async function setLabels(
  registry: Registry,
  principal: Principal,
  documents: readonly LabelDocument[],
  options: LabelOptions,
): Promise<LabelResult> {
  const result = { created: 0, updated: 0, unchanged: 0, noops: 0 }
  await registry.database.write(async (tx) => {
    for (const document of documents) {
      const to = await ownTarget(tx, principal, document, options.session ?? null)
      result[await setLabel(registry, tx, principal, to, document, options)]++
    }
  })
  return { ...result, noops: result.unchanged }
}

interface OwnTarget extends LabelledTarget {
  readonly session: Buffer
}

/** Labels belong to whoever published the session; to others the target does not exist. */
async function ownTarget(
  tx: Writer,
  principal: Principal,
  document: LabelDocument,
  session: Buffer | null,
): Promise<OwnTarget> {
  const hash = session ?? Buffer.from(document.session_hash ?? '', 'hex')
  const row = await tx.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst()
  const isOwn = session !== null || (row?.account != null && row.account === principal.account?.id)
  const realm = row ? realmById(principal, row.realm) : null
  if (!row || !isOwn || !realm) throw notFound('session')
  if (document.entity_type === 'dag') return { realm, target: hash, session: hash, artifactHash: null, jobUid: null }
  const target =
    document.entity_type === 'job'
      ? await jobTarget(tx, realm, hash, document.job_uid ?? '')
      : await artifactTarget(tx, principal, realm, hash, document.artifact_hash ?? null)
  return { realm, session: hash, ...target }
}

async function jobTarget(tx: Writer, realm: Realm, session: Buffer, uid: string) {
  const rows = await tx
    .selectFrom('terms')
    .innerJoin('session_jobs', 'session_jobs.job', 'terms.job')
    .select('terms.job')
    .where('terms.term', '=', termOf(realm, 'uid', uid))
    .where('session_jobs.session', '=', session)
    .executeTakeFirst()
  if (!rows) throw notFound('job')
  return { target: rows.job, artifactHash: null, jobUid: uid }
}

/** One that a job of the session has made or used: labels of others are others'. */
async function artifactTarget(
  tx: Writer,
  principal: Principal,
  realm: Realm,
  session: Buffer,
  reference: string | null,
) {
  if (reference === null) throw notFound('artifact')
  const found = await findArtifacts(tx, principal, parseReference(reference))
  const ids = found.filter((artifact) => artifact.realm.id === realm.id).map(({ row }) => row.id)
  if (ids.length === 0) throw notFound('artifact')
  const touched = await tx
    .selectFrom('edges')
    .innerJoin('session_jobs', 'session_jobs.job', 'edges.job')
    .select('edges.artifact')
    .where('edges.artifact', 'in', ids)
    .where('session_jobs.session', '=', session)
    .distinct()
    .execute()
  const own = new Set(touched.map(({ artifact }) => artifact.toString('latin1')))
  const target = ids.find((id) => own.has(id.toString('latin1')))
  if (!target) throw notFound('artifact')
  return { target, artifactHash: parseReference(reference).hex, jobUid: null }
}

async function setLabel(
  registry: Registry,
  tx: Writer,
  principal: Principal,
  to: OwnTarget,
  document: LabelDocument,
  options: LabelOptions,
): Promise<'created' | 'updated' | 'unchanged'> {
  const row = await currentLabelRow(tx, to.realm, to.target)
  const before = labelDocument(row)
  const after = merged(before, document, options.prune === true)
  if (JSON.stringify(after) === JSON.stringify(before)) return 'unchanged'
  if (options.dryRun) return row ? 'updated' : 'created'
  const version = {
    target: to.target,
    version: (row?.version ?? 0) + 1,
    realm: to.realm.id,
    session: to.session,
    account: principal.account?.id ?? null,
    at: registry.now(),
    document: JSON.stringify(after),
    sealed: null,
  }
  const added = await registry.database.insertNew(tx, 'labels', [sealRow(to.realm, 'labels', version)])
  if (added === 0) throw new Refusal('ROAR_REGISTRY_CONFLICT', 'Somebody changed these labels at the same time.')
  await addTerms(registry, tx, to, after)
  return row ? 'updated' : 'created'
}

function merged(before: Record<string, unknown>, document: LabelDocument, prune: boolean): Record<string, unknown> {
  const after: Record<string, unknown> = { ...(prune ? {} : before), ...document.metadata }
  for (const key of document.remove ?? []) delete after[key]
  return Object.fromEntries(Object.entries(after).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A job is found by its labels and by those of its session and of the artifacts that it made or used. */
async function addTerms(registry: Registry, tx: Writer, to: OwnTarget, labels: Record<string, unknown>): Promise<void> {
  const jobs = await jobsOf(tx, to)
  const terms = Object.entries(labels).flatMap(([key, value]) => [
    termOf(to.realm, 'label', key),
    termOf(to.realm, 'label', `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`),
  ])
  const rows = jobs.flatMap(({ id, at }) => terms.map((term) => ({ term, at, job: id })))
  await registry.database.insertNew(tx, 'terms', rows)
}

const mostLabelledJobs = 10_000

async function jobsOf(tx: Writer, to: OwnTarget): Promise<readonly { id: Buffer; at: number }[]> {
  let query = tx.selectFrom('jobs').innerJoin('session_jobs', 'session_jobs.job', 'jobs.id').selectAll('jobs')
  query = query.where('session_jobs.session', '=', to.session)
  if (to.jobUid !== null) query = query.where('jobs.id', '=', to.target)
  if (to.artifactHash !== null)
    query = query.where('jobs.id', 'in', (eb) => eb.selectFrom('edges').select('job').where('artifact', '=', to.target))
  const rows = await query.limit(mostLabelledJobs).execute()
  return rows.map((sealed) => {
    const row = openRow(to.realm, 'jobs', sealed)
    return { id: row.id, at: searchTime(to.realm, row) }
  })
}
