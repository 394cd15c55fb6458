/** Published sessions: one of them, or a page of those that the caller may see. */
import type { Session, SessionSummary } from '../api/index.ts'
import { type Principal, realmById, realmsOf } from '../identity/principal.ts'
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

const mostJobs = 10_000

export async function visibleSession(
  registry: Registry,
  principal: Principal,
  hash: string,
): Promise<{ row: Row<'sessions'>; realm: Realm }> {
  const row = await registry.database.read
    .selectFrom('sessions')
    .selectAll()
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .executeTakeFirst()
  const realm = row ? realmById(principal, row.realm) : null
  if (!row || !realm) throw notFound('session')
  return { row: openRow(realm, 'sessions', row), realm }
}

/** In the order of their steps. */
export async function sessionJobs(registry: Registry, realm: Realm, hash: Buffer): Promise<readonly Row<'jobs'>[]> {
  const rows = await registry.database.read
    .selectFrom('session_jobs')
    .innerJoin('jobs', 'jobs.id', 'session_jobs.job')
    .selectAll('jobs')
    .where('session_jobs.session', '=', hash)
    .orderBy('session_jobs.step')
    .limit(mostJobs)
    .execute()
  return rows
    .map((row) => openRow(realm, 'jobs', row))
    .sort((a, b) => a.step - b.step || (a.started_at ?? 0) - (b.started_at ?? 0))
}

export function sessionSummary(registry: Registry, row: Row<'sessions'>, by: string | null): SessionSummary {
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

export async function sessionPage(
  registry: Registry,
  principal: Principal,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: SessionSummary[]; next: string | null }> {
  const realms = realmsOf(principal)
  let query = registry.database.read
    .selectFrom('sessions')
    .leftJoin('accounts', 'accounts.id', 'sessions.account')
    .selectAll('sessions')
    .select('accounts.name')
    .where(
      'sessions.realm',
      'in',
      realms.map((realm) => realm.id),
    )
  if (page.cursor) {
    const [at, hash] = readCursor(page.cursor)
    query = query.where((eb) =>
      eb.or([
        eb('sessions.created_at', '<', at),
        eb.and([eb('sessions.created_at', '=', at), eb('sessions.hash', '<', hash)]),
      ]),
    )
  }
  const rows = await query
    .orderBy('sessions.created_at', 'desc')
    .orderBy('sessions.hash', 'desc')
    .limit(page.limit + 1)
    .execute()
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ name, ...row }) => {
      const realm = realms.find((one) => one.id === row.realm) as Realm
      return sessionSummary(registry, openRow(realm, 'sessions', row), name)
    }),
    next: rows.length > page.limit && last ? writeCursor(last.created_at, last.hash) : null,
  }
}
