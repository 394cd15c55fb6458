/**
 * Jobs that could be what a search asks for, newest first. Exact facts and words of commands are keyed terms, each with its jobs in the order of
 * time: one of them leads from job to job, the others are looked up for each.
 */
import { commandKeys, searchTime } from '../realm/command-words.ts'
import { type Realm, termOf } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { jobColumns, jobsById } from './job-documents.ts'

export interface JobQuestion {
  /** Its words, whole, in any order and case; where it has none, as it stands. */
  readonly command?: string
  readonly repository?: string
  readonly commit?: string
  readonly format?: string
  readonly label?: string
  readonly since?: string
  readonly until?: string
}

export type Position = [at: number, job: Buffer]
export interface Candidate {
  /** Null: looked at, and not what is asked for. */
  readonly row: Row<'jobs'> | null
  readonly position: Position
}
/** What a job can be found by. Both tables have the same columns, so that their names may stand for each other. */
interface Term {
  readonly table: 'terms' | 'words'
  readonly key: Buffer
}

const termFields = ['commit', 'repository', 'label', 'format'] as const
/** Whether there are more of a term is not asked: a repository may have a million jobs where a label has three. */
const mostCounted = 1000
/** Of a long question; whether the others fit is seen at the job itself. */
const mostWords = 16

export async function candidatesIn(
  registry: Registry,
  realm: Realm,
  question: JobQuestion,
  at: Position,
  limit: number,
): Promise<readonly Candidate[]> {
  const terms = termsOf(realm, question)
  if (terms.length === 0) return newest(registry, realm, at, limit)
  return withTerms(registry, realm, await rarestFirst(registry, terms), at, limit)
}

function termsOf(realm: Realm, question: JobQuestion): readonly Term[] {
  const facts = termFields.flatMap((field): Term[] => {
    const value = question[field]
    // A part of a commit has no term: such jobs are looked at.
    if (!value || (field === 'commit' && !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value))) return []
    return [{ table: 'terms', key: termOf(realm, field, value) }]
  })
  const words = commandKeys(realm, question.command ?? '').slice(0, mostWords)
  return [...facts, ...words.map((key): Term => ({ table: 'words', key }))]
}

async function newest(
  { database }: Registry,
  realm: Realm,
  at: Position,
  limit: number,
): Promise<readonly Candidate[]> {
  const rows = await database.read
    .selectFrom('jobs')
    .select(jobColumns)
    .where('realm', '=', realm.id)
    .where((eb) => eb(eb.refTuple('first_at', 'id'), '<', eb.tuple(...at)))
    .orderBy('first_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    row: openRow(realm, 'jobs', { ...row, document: null }),
    position: [row.first_at, row.id],
  }))
}

async function rarestFirst({ database }: Registry, terms: readonly Term[]): Promise<readonly Term[]> {
  if (terms.length === 1) return terms
  const counted = await Promise.all(
    terms.map(async (term) => {
      const some = database.read.selectFrom(term.table).select('term').where('term', '=', term.key).limit(mostCounted)
      const { count } = await database.read
        .selectFrom(some.as('some'))
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return { term, count: Number(count) }
    }),
  )
  return counted.sort((a, b) => a.count - b.count).map(({ term }) => term)
}

async function withTerms(
  registry: Registry,
  realm: Realm,
  [first, ...others]: readonly Term[],
  at: Position,
  limit: number,
): Promise<readonly Candidate[]> {
  const { table, key } = first as Term
  const rows = await registry.database.read
    .selectFrom(`${table as 'terms'} as lead`)
    .select(['lead.at', 'lead.job'])
    .select((eb) =>
      others.map((other, place) => {
        const same = eb
          .selectFrom(`${other.table as 'terms'} as other`)
          .select('other.at')
          .whereRef('other.job', '=', 'lead.job')
          .where('other.term', '=', other.key)
        // All terms of a job have one time, and words have no index by job.
        return (other.table === 'words' ? same.whereRef('other.at', '=', 'lead.at') : same).limit(1).as(`other${place}`)
      }),
    )
    .where('lead.term', '=', key)
    .where((eb) => eb(eb.refTuple('lead.at', 'lead.job'), '<', eb.tuple(...at)))
    .orderBy('lead.at', 'desc')
    .orderBy('lead.job', 'desc')
    .limit(limit)
    .execute()
  const fitting = rows.filter((row) => others.every((_, place) => row[`other${place}` as 'at'] !== null))
  const ids = fitting.map(({ job }) => job)
  const found = await jobsById(registry.database.read, realm, ids, false)
  const jobs = new Map(found.map((row) => [row.id.toString('latin1'), row]))
  return rows.map((row) => {
    const job = jobs.get(row.job.toString('latin1'))
    // Before a job kept its time, telling it again gave it a second one.
    return { row: job && searchTime(realm, job) === row.at ? job : null, position: [row.at, row.job] }
  })
}
