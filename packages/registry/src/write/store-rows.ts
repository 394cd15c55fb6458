/** Writes rows in the order of their keys: two writers that meet lock in the same order and never wait for each other in a ring. */
import type { Writer } from '../database/database.ts'
import { chunks } from '../read/chunks.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import type { ArtifactRows } from './artifact-rows.ts'
import type { JobRows } from './job-rows.ts'

const inOrder = <T>(rows: ReadonlyMap<string, T>): T[] =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)

const byKey = (a: Row<'component_digests'>, b: Row<'component_digests'>): number => Buffer.compare(a.key, b.key)

const idsAtOnce = 1000

/** What one has taken back another may publish: then the tombstone gives way. */
async function removeTombstones(
  tx: Writer,
  table: 'artifacts' | 'jobs',
  rows: readonly { readonly id: Buffer }[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += idsAtOnce) {
    const ids = rows.slice(at, at + idsAtOnce).map((row) => row.id)
    await tx.deleteFrom(table).where('id', 'in', ids).where('withdrawn_at', 'is not', null).execute()
  }
}

export async function storeArtifacts(registry: Registry, tx: Writer, rows: ArtifactRows): Promise<number> {
  const { database } = registry
  const artifacts = inOrder(rows.artifacts)
  await removeTombstones(tx, 'artifacts', artifacts)
  const added = await database.insertNew(tx, 'artifacts', artifacts)
  await database.insertNew(tx, 'digests', inOrder(rows.digests))
  await database.insertNew(tx, 'locations', inOrder(rows.locations))
  const isNew = await notListedYet(tx, rows.components)
  await database.insertNew(tx, 'components', rows.components.filter(isNew))
  await database.insertNew(tx, 'component_digests', rows.componentDigests.filter(isNew).sort(byKey))
  return added
}

/** Whoever lists the members of a composite first has listed them: rows of two lists would be one of neither. */
async function notListedYet(
  tx: Writer,
  components: ArtifactRows['components'],
): Promise<(row: { readonly artifact: Buffer }) => boolean> {
  const listed = new Set<string>()
  const ids = [...new Map(components.map(({ artifact }) => [artifact.toString('latin1'), artifact])).values()]
  for (const some of chunks(ids, idsAtOnce)) {
    const query = tx.selectFrom('components').select('artifact').where('artifact', 'in', some)
    for (const { artifact } of await query.where('position', '=', 0).execute()) listed.add(artifact.toString('latin1'))
  }
  return ({ artifact }) => !listed.has(artifact.toString('latin1'))
}

export async function storeJobs(registry: Registry, tx: Writer, rows: JobRows): Promise<number> {
  const { database } = registry
  const jobs = inOrder(rows.jobs)
  await removeTombstones(tx, 'jobs', jobs)
  const added = await database.insertNew(tx, 'jobs', jobs)
  await database.insertNew(tx, 'edges', inOrder(rows.edges))
  const standing = await whereTheyStand(tx, rows)
  await database.insertNew(tx, 'terms', inOrder(rows.terms).map(standing))
  await database.insertNew(tx, 'words', rows.words.map(standing).sort(byTerm))
  await database.insertNew(tx, 'names', inOrder(rows.names))
  for (const job of rows.jobs.values()) await markCorrected(tx, job, rows.account)
  return added
}

type TermRow = Row<'terms' | 'words'>

const byTerm = (a: TermRow, b: TermRow): number =>
  Buffer.compare(a.term, b.term) || a.at - b.at || Buffer.compare(a.job, b.job)

/** A job of a private realm that is told again stays where the first registration put it, or a search would find it twice. */
async function whereTheyStand(tx: Writer, { realm, jobs }: JobRows): Promise<(row: TermRow) => TermRow> {
  if (!realm.keys) return (row) => row
  const first = new Map<string, number>()
  const ids = [...jobs.values()].map(({ id }) => id)
  for (const some of chunks(ids, idsAtOnce)) {
    const rows = await tx.selectFrom('jobs').select(['id', 'first_at']).where('id', 'in', some).execute()
    for (const { id, first_at } of rows) first.set(id.toString('latin1'), first_at)
  }
  return (row) => ({ ...row, at: first.get(row.job.toString('latin1')) ?? row.at })
}

/** Only by who has published it, within one realm, and once: a second correction is one of the first correction. */
async function markCorrected(
  tx: Writer,
  { id, supersedes, realm }: Row<'jobs'>,
  account: string | null,
): Promise<void> {
  if (!supersedes || account === null) return
  const own = await tx
    .selectFrom('session_jobs')
    .innerJoin('sessions', 'sessions.hash', 'session_jobs.session')
    .select('sessions.hash')
    .where('session_jobs.job', '=', supersedes)
    .where('sessions.account', '=', account)
    .limit(1)
    .executeTakeFirst()
  if (!own) return
  await tx
    .updateTable('jobs')
    .set({ superseded_by: id })
    .where('id', '=', supersedes)
    .where('realm', '=', realm)
    .where('superseded_by', 'is', null)
    .execute()
}
