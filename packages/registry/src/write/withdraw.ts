/**
 * Takes back what was published. What a job or an artifact said is erased; the row stays as a tombstone, so that the graph on both sides of it
 * keeps hanging together. Only what nobody else has published goes.
 */
import type { Writer } from '../database/database.ts'
import { type Principal, requireAccount, requireRight } from '../identity/principal.ts'
import { visibleSession } from '../read/sessions.ts'
import type { Realm } from '../realm/realm.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { withdrawNames } from './name-rows.ts'
import { withdrawWords } from './withdraw-words.ts'

const idsAtOnce = 500

export async function withdrawSession(
  registry: Registry,
  principal: Principal,
  hash: string,
  reason: string | null,
): Promise<void> {
  const { row, realm } = await visibleSession(registry, principal, hash)
  const account = requireAccount(principal)
  requireRight(principal, 'withdraw')
  // It can be seen, so there is nothing to hide any more. An anonymous one belongs to nobody, and nobody can take it back.
  if (row.account !== account.id)
    throw new Refusal('ROAR_REGISTRY_FORBIDDEN', 'Only who has published a session can take it back.')
  await registry.database.write(async (tx) => {
    const mark = { withdrawn_at: registry.now(), withdrawn_reason: reason }
    const jobs = await tx.selectFrom('session_jobs').select('job').where('session', '=', row.hash).execute()
    await tx
      .updateTable('sessions')
      .set({ ...mark, repository: null, revision: null, branch: null, sealed: null })
      .where('hash', '=', row.hash)
      .where('withdrawn_at', 'is', null)
      .execute()
    for (let at = 0; at < jobs.length; at += idsAtOnce)
      await withdrawJobs(
        registry,
        realm,
        tx,
        jobs.slice(at, at + idsAtOnce).map((one) => one.job),
        mark,
      )
    await tx.deleteFrom('labels').where('target', '=', row.hash).execute()
  })
}

interface Mark {
  readonly withdrawn_at: number
  readonly withdrawn_reason: string | null
}

/** Those of the jobs that are in no session that still stands. */
async function withdrawJobs(
  registry: Registry,
  realm: Realm,
  tx: Writer,
  jobs: readonly Buffer[],
  mark: Mark,
): Promise<void> {
  const standing = await tx
    .selectFrom('session_jobs')
    .innerJoin('sessions', 'sessions.hash', 'session_jobs.session')
    .select('session_jobs.job')
    .where('session_jobs.job', 'in', jobs)
    .where('sessions.withdrawn_at', 'is', null)
    .execute()
  const kept = new Set(standing.map((row) => row.job.toString('latin1')))
  const gone = jobs.filter((job) => !kept.has(job.toString('latin1')))
  if (gone.length === 0) return
  await withdrawWords(tx, realm, gone)
  await tx
    .updateTable('jobs')
    .set({
      ...mark,
      uid: null,
      command: null,
      repository: null,
      revision: null,
      branch: null,
      document: null,
      sealed: null,
    })
    .where('id', 'in', gone)
    .execute()
  await tx.deleteFrom('terms').where('job', 'in', gone).execute()
  await tx.deleteFrom('labels').where('target', 'in', gone).execute()
  await withdrawNames(registry, tx, realm, gone)
  await tx.updateTable('edges').set({ path: null, document: null, sealed: null }).where('job', 'in', gone).execute()
  await withdrawArtifacts(tx, gone, mark)
}

/** Those that no job which still stands has made or used. */
async function withdrawArtifacts(tx: Writer, jobs: readonly Buffer[], mark: Mark): Promise<void> {
  const touched = await tx.selectFrom('edges').select('artifact').distinct().where('job', 'in', jobs).execute()
  for (let at = 0; at < touched.length; at += idsAtOnce) {
    const ids = touched.slice(at, at + idsAtOnce).map((row) => row.artifact)
    const used = await tx
      .selectFrom('edges')
      .innerJoin('jobs', 'jobs.id', 'edges.job')
      .select('edges.artifact')
      .distinct()
      .where('edges.artifact', 'in', ids)
      .where('jobs.withdrawn_at', 'is', null)
      .execute()
    const kept = new Set(used.map((row) => row.artifact.toString('latin1')))
    const gone = ids.filter((id) => !kept.has(id.toString('latin1')))
    if (gone.length > 0) await eraseArtifacts(tx, gone, mark)
  }
}

async function eraseArtifacts(tx: Writer, ids: readonly Buffer[], mark: Mark): Promise<void> {
  await tx
    .updateTable('artifacts')
    .set({ ...mark, algorithm: null, digest: null, size: null, format: null, metadata: null, sealed: null })
    .where('id', 'in', ids)
    .execute()
  for (const table of ['digests', 'locations', 'components', 'component_digests'] as const)
    await tx.deleteFrom(table).where('artifact', 'in', ids).execute()
  await tx.deleteFrom('labels').where('target', 'in', ids).execute()
}
