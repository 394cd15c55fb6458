/**
 * Jobs by exact facts (repository, commit, format, label) through keyed terms, which work alike in every realm; by words of the command through
 * looking at them, newest first. A question looks at so many jobs and no more: then the page ends early, and its cursor goes on from there.
 */
import type { JobSummary } from '../api/index.ts'
import { type Principal, realmsOf } from '../identity/principal.ts'
import { type Realm, termOf } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { visibilities } from '../write/destination.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { jobSummary } from './job-documents.ts'

export interface JobQuestion {
  readonly command?: string
  readonly repository?: string
  readonly commit?: string
  readonly format?: string
  readonly label?: string
  readonly since?: string
  readonly until?: string
}

type Found = JobSummary & { visibility: (typeof visibilities)[number] }

/** Looked at for one page. */
const mostLookedAt = 20_000
const rowsAtOnce = 1000

const termFields = ['commit', 'repository', 'label', 'format'] as const

export async function searchJobs(
  registry: Registry,
  principal: Principal,
  question: JobQuestion,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Found[]; next: string | null }> {
  const start: Position = page.cursor ? readCursor(page.cursor) : [Number.MAX_SAFE_INTEGER, Buffer.alloc(0)]
  const fits = predicate(question)
  const items: Found[] = []
  let at = start
  for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += rowsAtOnce) {
    const rows = await candidates(registry, realmsOf(principal), question, at)
    for (const { row, position } of rows) {
      at = position
      if (!fits(row)) continue
      items.push({ ...jobSummary(row), visibility: visibilities[row.visibility] ?? 'private' })
      if (items.length === page.limit) return { items, next: writeCursor(...at) }
    }
    if (rows.length < rowsAtOnce) return { items, next: null }
  }
  return { items, next: writeCursor(...at) }
}

type Position = [number, Buffer]
interface CandidateRow {
  readonly row: Row<'jobs'>
  readonly position: Position
}

function predicate(question: JobQuestion): (row: Row<'jobs'>) => boolean {
  const words = question.command?.toLowerCase()
  const since = time(question.since) ?? Number.NEGATIVE_INFINITY
  const until = time(question.until) ?? Number.POSITIVE_INFINITY
  return (row) => {
    const started = row.started_at ?? row.first_at
    if (row.withdrawn_at !== null || started < since || started > until) return false
    if (question.repository && row.repository !== question.repository) return false
    if (question.commit && !row.revision?.startsWith(question.commit)) return false
    return words === undefined || (row.command ?? '').toLowerCase().includes(words)
  }
}

function time(text: string | undefined): number | null {
  if (text === undefined) return null
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new Refusal('ROAR_REGISTRY_INVALID', `'${text}' is no time.`)
  return at
}

/** Newest first, behind `at`, of every realm together. */
async function candidates(
  registry: Registry,
  realms: readonly Realm[],
  question: JobQuestion,
  at: Position,
): Promise<readonly CandidateRow[]> {
  const found = await Promise.all(realms.map((realm) => candidatesIn(registry, realm, question, at)))
  return found
    .flat()
    .sort((a, b) => b.position[0] - a.position[0] || Buffer.compare(b.position[1], a.position[1]))
    .slice(0, rowsAtOnce)
}

async function candidatesIn(
  registry: Registry,
  realm: Realm,
  question: JobQuestion,
  at: Position,
): Promise<readonly CandidateRow[]> {
  const terms = termFields.flatMap((field) => {
    const value = question[field]
    // A part of a commit has no term: such jobs are looked at.
    if (!value || (field === 'commit' && !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value))) return []
    return [termOf(realm, field, value)]
  })
  const rows = terms.length === 0 ? await newest(registry, realm, at) : await withTerms(registry, terms, at)
  return rows.map(({ row, position }) => ({ row: openRow(realm, 'jobs', row), position }))
}

async function newest(registry: Registry, realm: Realm, [at, id]: Position): Promise<readonly CandidateRow[]> {
  const rows = await registry.database.read
    .selectFrom('jobs')
    .selectAll()
    .where('realm', '=', realm.id)
    .where((eb) => eb.or([eb('first_at', '<', at), eb.and([eb('first_at', '=', at), eb('id', '<', id)])]))
    .orderBy('first_at', 'desc')
    .orderBy('id', 'desc')
    .limit(rowsAtOnce)
    .execute()
  return rows.map((row) => ({ row, position: [row.first_at, row.id] }))
}

async function withTerms(
  registry: Registry,
  terms: readonly Buffer[],
  [at, id]: Position,
): Promise<readonly CandidateRow[]> {
  const [first, ...others] = terms as [Buffer, ...Buffer[]]
  let query = registry.database.read
    .selectFrom('terms')
    .innerJoin('jobs', 'jobs.id', 'terms.job')
    .selectAll('jobs')
    .select('terms.at')
    .where('terms.term', '=', first)
    .where((eb) => eb.or([eb('terms.at', '<', at), eb.and([eb('terms.at', '=', at), eb('terms.job', '<', id)])]))
  for (const other of others)
    query = query.where('terms.job', 'in', (eb) => eb.selectFrom('terms').select('job').where('term', '=', other))
  const rows = await query.orderBy('terms.at', 'desc').orderBy('terms.job', 'desc').limit(rowsAtOnce).execute()
  return rows.map(({ at: time, ...row }) => ({ row, position: [time, row.id] }))
}
