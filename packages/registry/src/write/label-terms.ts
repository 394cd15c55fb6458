/** By which labels a job is found: its own, those of its sessions, and those of the artifacts that it made or used. */
import type { Writer } from '../database/database.ts'
import { chunks } from '../read/chunks.ts'
import { labelDocument } from '../read/labels.ts'
import { searchTime } from '../realm/command-words.ts'
import { type Realm, termOf } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import type { OwnTarget } from './own-label-target.ts'

type Labels = Readonly<Record<string, unknown>>

const mostLabelledJobs = 10_000
const jobsAtOnce = 300

export async function changeLabelTerms(
  registry: Registry,
  tx: Writer,
  to: OwnTarget,
  before: Labels,
  after: Labels,
): Promise<void> {
  const now = termsOf(to.realm, after)
  const gone = [...termsOf(to.realm, before)].filter(([name]) => !now.has(name)).map(([, term]) => term)
  if (gone.length > 0)
    for (const jobs of chunks(await jobsWith(tx, to), jobsAtOnce)) await takeBack(tx, to.realm, jobs, gone)
  const rows = (await jobsOf(tx, to)).flatMap(({ id, at }) => [...now.values()].map((term) => ({ term, at, job: id })))
  await registry.database.insertNew(tx, 'terms', rows)
}

/** By name, so that two of them can be compared. */
const termsOf = (realm: Realm, labels: Labels): ReadonlyMap<string, Buffer> =>
  new Map(
    Object.entries(labels)
      .flatMap(([key, value]) => [key, `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`])
      .map((name) => [name, termOf(realm, 'label', name)]),
  )

/** Of these jobs, but not of one that has the same label from elsewhere. */
async function takeBack(tx: Writer, realm: Realm, jobs: readonly Buffer[], gone: readonly Buffer[]): Promise<void> {
  const kept = await labelledElsewhere(tx, realm, jobs)
  for (const term of gone) {
    const others = jobs.filter((job) => !kept.get(job.toString('latin1'))?.has(term.toString('latin1')))
    if (others.length > 0) await tx.deleteFrom('terms').where('term', '=', term).where('job', 'in', others).execute()
  }
}

/** By job: the terms of all labels that hold for it now. */
async function labelledElsewhere(tx: Writer, realm: Realm, jobs: readonly Buffer[]) {
  const sessions = tx.selectFrom('session_jobs').select(['job', 'session as target']).where('job', 'in', jobs)
  const contents = tx.selectFrom('edges').select(['job', 'artifact as target']).where('job', 'in', jobs)
  const rows = await tx
    .selectFrom(
      tx
        .selectFrom('jobs')
        .select(['id as job', 'id as target'])
        .where('id', 'in', jobs)
        .unionAll(sessions)
        .union(contents)
        .as('of'),
    )
    .innerJoin('labels', 'labels.target', 'of.target')
    .selectAll('labels')
    .select('of.job')
    .execute()
  const newest = new Map<string, (typeof rows)[number]>()
  for (const row of rows) {
    const name = `${row.job.toString('hex')} ${row.target.toString('hex')}`
    if ((newest.get(name)?.version ?? 0) < row.version) newest.set(name, row)
  }
  const terms = new Map<string, Set<string>>()
  for (const { job, ...row } of newest.values()) {
    const name = job.toString('latin1')
    const known = terms.get(name) ?? new Set<string>()
    for (const term of termsOf(realm, labelDocument(openRow(realm, 'labels', row))).values())
      known.add(term.toString('latin1'))
    terms.set(name, known)
  }
  return terms
}

/** Whichever sessions they are in: an earlier version may have been set by way of another one. */
async function jobsWith(tx: Writer, to: OwnTarget): Promise<readonly Buffer[]> {
  if (to.jobUid !== null) return [to.target]
  const rows = await (to.artifactHash === null
    ? tx.selectFrom('session_jobs').select('job').where('session', '=', to.target).limit(mostLabelledJobs).execute()
    : tx
        .selectFrom('edges')
        .select('job')
        .distinct()
        .where('artifact', '=', to.target)
        .limit(mostLabelledJobs)
        .execute())
  return rows.map(({ job }) => job)
}

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
