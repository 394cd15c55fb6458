/** Published sessions: one of them, or a page of those that the caller may see. */
import type { Session, SessionSummary } from '../api/index.ts'
import { type Principal, realmById, realmIds, realmsOf } from '../identity/principal.ts'
import type { Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import { notFound } from '../refusal.ts'
import { pageUrl, type Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { visibilities } from '../write/destination.ts'
import { isoTime, tombstone } from './artifact-documents.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { jobSummary } from './job-documents.ts'
import { currentLabels } from './labels.ts'

/** Of a session, read at once. */
export const mostJobs = 10_000

export async function visibleSession(
  registry: Registry,
  principal: Principal,
  hash: string,
): Promise<{ row: Row<'sessions'>; realm: Realm }> {
  const row = await registry.database.read
    .selectFrom('sessions')
    .selectAll()
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .where('realm', 'in', realmIds(principal))
    .executeTakeFirst()
  const realm = row ? realmById(principal, row.realm) : null
  if (!row || !realm) throw notFound('session')
  return { row: openRow(realm, 'sessions', row), realm }
}

/** In the order of their steps; `part`: those behind so many times as are read at once. */
export async function sessionJobs(
  registry: Registry,
  realm: Realm,
  hash: Buffer,
  part = 0,
): Promise<readonly Row<'jobs'>[]> {
  const rows = await registry.database.read
    .selectFrom('session_jobs')
    .innerJoin('jobs', 'jobs.id', 'session_jobs.job')
    .selectAll('jobs')
    .where('session_jobs.session', '=', hash)
    .orderBy('session_jobs.step')
    .orderBy('session_jobs.job')
    .limit(mostJobs)
    .offset(part * mostJobs)
    .execute()
  return rows
    .map((row) => openRow(realm, 'jobs', row))
    .sort((a, b) => a.step - b.step || (a.started_at ?? 0) - (b.started_at ?? 0))
}

function sessionSummary(registry: Registry, row: Row<'sessions'>, by: string | null): SessionSummary {
  const hash = row.hash.toString('hex')
  return {
    hash,
    git_repo: row.repository,
    git_commit: row.revision,
    git_branch: row.branch,
    visibility: visibilities[row.visibility] ?? 'private',
    registered_by: by,
    registered_at: isoTime(row.created_at),
    jobs_count: row.jobs_count,
    withdrawn: tombstone(row),
    url: pageUrl(registry, 'dag', hash),
  }
}

export async function sessionDocument(registry: Registry, principal: Principal, hash: string): Promise<Session> {
  const { row, realm } = await visibleSession(registry, principal, hash)
  const jobs = await sessionJobs(registry, realm, row.hash)
  const by = row.account
    ? await registry.database.read
        .selectFrom('accounts')
        .select('name')
        .where('id', '=', row.account)
        .executeTakeFirst()
    : null
  return {
    ...sessionSummary(registry, row, by?.name ?? null),
    labels: await currentLabels(registry, realm, row.hash),
    jobs: jobs.map(jobSummary),
  }
}

/** Newest first. Each realm has its own order in the index, so each gives a page and the newest of all are shown. */
export async function sessionPage(
  registry: Registry,
  principal: Principal,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: SessionSummary[]; next: string | null }> {
  const after: Position = page.cursor ? readCursor(page.cursor) : [Number.MAX_SAFE_INTEGER, Buffer.alloc(0)]
  const pages = await Promise.all(realmsOf(principal).map((realm) => newestIn(registry, realm, after, page.limit + 1)))
  const rows = pages
    .flat()
    .sort((a, b) => b.row.created_at - a.row.created_at || Buffer.compare(b.row.hash, a.row.hash))
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)?.row
  return {
    items: shown.map(({ row, by }) => sessionSummary(registry, row, by)),
    next: rows.length > page.limit && last ? writeCursor(last.created_at, last.hash) : null,
  }
}

type Position = [number, Buffer]

async function newestIn({ database }: Registry, realm: Realm, after: Position, limit: number) {
  const rows = await database.read
    .selectFrom('sessions')
    .leftJoin('accounts', 'accounts.id', 'sessions.account')
    .selectAll('sessions')
    .select('accounts.name')
    .where('sessions.realm', '=', realm.id)
    .where((eb) => eb(eb.refTuple('sessions.created_at', 'sessions.hash'), '<', eb.tuple(...after)))
    .orderBy('sessions.created_at', 'desc')
    .orderBy('sessions.hash', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ name, ...row }) => ({ row: openRow(realm, 'sessions', row), by: name }))
}
