/** What labels are set on, and whether the caller may. */
import type { LabelDocument } from '../api/index.ts'
import type { Writer } from '../database/database.ts'
import { type Principal, realmById } from '../identity/principal.ts'
import { findArtifacts } from '../read/find.ts'
import type { LabelledTarget } from '../read/labels.ts'
import { parseReference } from '../realm/digest.ts'
import { type Realm, termOf } from '../realm/realm.ts'
import { notFound } from '../refusal.ts'

export interface OwnTarget extends LabelledTarget {
  readonly session: Buffer
}

/** Labels belong to whoever published the session; to others the target does not exist. */
export async function ownTarget(
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
      : await artifactTarget(
          tx,
          principal,
          realm,
          hash,
          session === null ? row.account : null,
          document.artifact_hash ?? null,
        )
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

/** One that a job of the session, or of another one of the same account, has made or used: labels of others are others'. */
async function artifactTarget(
  tx: Writer,
  principal: Principal,
  realm: Realm,
  session: Buffer,
  account: string | null,
  reference: string | null,
) {
  if (reference === null) throw notFound('artifact')
  const found = await findArtifacts(tx, principal, parseReference(reference))
  const ids = found.filter((artifact) => artifact.realm.id === realm.id).map(({ row }) => row.id)
  if (ids.length === 0) throw notFound('artifact')
  const touched =
    (await touchedIn(tx, ids, session)) ?? (account === null ? undefined : await touchedBy(tx, ids, account))
  if (!touched) throw notFound('artifact')
  return { ...touched, artifactHash: parseReference(reference).hex, jobUid: null }
}

const touching = (tx: Writer, ids: readonly Buffer[]) =>
  tx
    .selectFrom('edges')
    .innerJoin('session_jobs', 'session_jobs.job', 'edges.job')
    .select(['edges.artifact as target', 'session_jobs.session'])
    .where('edges.artifact', 'in', ids)

const touchedIn = (tx: Writer, ids: readonly Buffer[], session: Buffer) =>
  touching(tx, ids).where('session_jobs.session', '=', session).limit(1).executeTakeFirst()

const touchedBy = (tx: Writer, ids: readonly Buffer[], account: string) =>
  touching(tx, ids)
    .innerJoin('sessions', 'sessions.hash', 'session_jobs.session')
    .where('sessions.account', '=', account)
    .limit(1)
    .executeTakeFirst()
