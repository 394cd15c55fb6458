/**
 * One execution may be published twice: to a private scope, and for everybody. Each realm has a row of its own, and neither knows of the other;
 * whoever may read both is shown it once, as it is in the realm that comes last among the caller's. Rows of one realm are never taken for one:
 * there, anybody may claim what looks like somebody else's job.
 */
import type { Reader } from '../database/database.ts'
import { type Principal, realmsOf } from '../identity/principal.ts'
import { type Realm, termOf } from '../realm/realm.ts'
import type { Row } from '../schema/tables.ts'
import { chunks } from './chunks.ts'
import { jobsById } from './job-documents.ts'

/** The same for one execution in every realm; null for what is withdrawn, of which nothing is known. The remote may have been another. */
export function executionOf({ uid, kind, command, revision, started_at, duration_ms, exit_code }: Row<'jobs'>) {
  return uid === null ? null : JSON.stringify([uid, kind, command, revision, started_at, duration_ms, exit_code])
}

const termsAtOnce = 1000

export interface TwinQuestion {
  /** Of the rows that are found already. */
  readonly fits: (row: Row<'jobs'>) => boolean
  /** A twin without it would not be found. */
  readonly label: string | undefined
}

/** Which of these rows (opened) are found in a realm behind their own, too: their ids, hexadecimal. */
export async function foundAgain(
  db: Reader,
  principal: Principal,
  rows: readonly Row<'jobs'>[],
  question: TwinQuestion,
): Promise<ReadonlySet<string>> {
  const realms = realmsOf(principal)
  const places = new Map(realms.map((realm, at) => [realm.id, at]))
  const last = new Map<string, number>()
  for (const [at, realm] of realms.entries())
    for (const row of at === 0 ? [] : await withUids(db, realm, rows, question.label))
      if (row.withdrawn_at === null && question.fits(row)) last.set(executionOf(row) ?? '', at)
  const isTwin = (row: Row<'jobs'>) => (last.get(executionOf(row) ?? '') ?? 0) > (places.get(row.realm) ?? 0)
  return new Set(rows.filter(isTwin).map((row) => row.id.toString('hex')))
}

async function withUids(db: Reader, realm: Realm, rows: readonly Row<'jobs'>[], label: string | undefined) {
  const others = rows.filter((row) => row.realm !== realm.id)
  const uids = [...new Set(others.flatMap(({ uid }) => (uid === null ? [] : [uid])))]
  const ids: Buffer[] = []
  for (const some of chunks(uids, termsAtOnce)) {
    const terms = some.map((uid) => termOf(realm, 'uid', uid))
    let query = db.selectFrom('terms').select('job').where('term', 'in', terms)
    if (label !== undefined) {
      const labelled = db
        .selectFrom('terms')
        .select('job')
        .where('term', '=', termOf(realm, 'label', label))
      query = query.where('job', 'in', labelled)
    }
    ids.push(...(await query.execute()).map((row) => row.job))
  }
  return jobsById(db, realm, ids, false)
}
