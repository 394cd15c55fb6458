/**
 * Jobs by exact facts (repository, commit, format, label) through keyed terms, which work alike in every realm; by words of the command through
 * looking at them, newest first. A question looks at so many jobs and no more: then the page ends early, and its cursor goes on from there.
 */
import type { JobSummary } from '../api/index.ts'
import { turn } from '../database/database.ts'
import { type Principal, realmsOf } from '../identity/principal.ts'
import { type Realm, termOf } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { visibilities } from '../write/destination.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { jobColumns, jobSummary, jobsById } from './job-documents.ts'

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
      if (row === null || !fits(row)) continue
      items.push({ ...jobSummary(row), visibility: visibilities[row.visibility] ?? 'private' })
      if (items.length === page.limit) return { items, next: writeCursor(...at) }
    }
    if (rows.length < rowsAtOnce) return { items, next: null }
    await turn()
  }
  return { items, next: writeCursor(...at) }
}

type Position = [number, Buffer]
interface CandidateRow {
  /** Null: looked at, and not what is asked for. */
  readonly row: Row<'jobs'> | null
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
  if (terms.length === 0) return newest(registry, realm, at)
  return withTerms(registry, realm, await rarestFirst(registry, terms), at)
}

async function newest(registry: Registry, realm: Realm, at: Position): Promise<readonly CandidateRow[]> {
  const rows = await registry.database.read
    .selectFrom('jobs')
    .select(jobColumns)
    .where('realm', '=', realm.id)
    .where((eb) => eb(eb.refTuple('first_at', 'id'), '<', eb.tuple(...at)))
    .orderBy('first_at', 'desc')
    .orderBy('id', 'desc')
    .limit(rowsAtOnce)
    .execute()
  return rows.map((row) => ({
    row: openRow(realm, 'jobs', { ...row, document: null }),
    position: [row.first_at, row.id],
  }))
}

/** A repository may have a million jobs where a label has three: none is counted further than a page goes. */
async function rarestFirst({ database }: Registry, terms: readonly Buffer[]): Promise<readonly Buffer[]> {
  if (terms.length === 1) return terms
  const counted = await Promise.all(
    terms.map(async (term) => {
      const some = database.read.selectFrom('terms').select('term').where('term', '=', term).limit(rowsAtOnce)
      const { count } = await database.read
        .selectFrom(some.as('some'))
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return { term, count: Number(count) }
    }),
  )
  return counted.sort((a, b) => a.count - b.count).map(({ term }) => term)
}

/** The first term leads from row to row, so many and no more; whether the others hold too is looked up for each of them. */
async function withTerms(
  { database }: Registry,
  realm: Realm,
  [first, ...others]: readonly Buffer[],
  at: Position,
): Promise<readonly CandidateRow[]> {
  const rows = await database.read
    .selectFrom('terms')
    .select(['terms.at', 'terms.job'])
    .select((eb) =>
      others.map((other, place) =>
        eb
          .selectFrom('terms as other')
          .select('other.at')
          .whereRef('other.job', '=', 'terms.job')
          .where('other.term', '=', other)
          .limit(1)
          .as(`other${place}`),
      ),
    )
    .where('terms.term', '=', first as Buffer)
    .where((eb) => eb(eb.refTuple('terms.at', 'terms.job'), '<', eb.tuple(...at)))
    .orderBy('terms.at', 'desc')
    .orderBy('terms.job', 'desc')
    .limit(rowsAtOnce)
    .execute()
  const fitting = rows.filter((row) => others.every((_, place) => row[`other${place}` as 'at'] !== null))
  const ids = fitting.map(({ job }) => job)
  const jobs = new Map((await jobsById(database.read, realm, ids)).map((row) => [row.id.toString('latin1'), row]))
  return rows.map((row) => ({ row: jobs.get(row.job.toString('latin1')) ?? null, position: [row.at, row.job] }))
}
