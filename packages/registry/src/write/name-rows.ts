/** Rows by which artifacts are found by their names: made with the edges that name them, and taken back with them. */
import type { Writer } from '../database/database.ts'
import { chunks } from '../read/chunks.ts'
import { nameForms } from '../realm/name-forms.ts'
import type { Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'

/** `edge`: as it was before it was sealed, or opened. */
export const namesOf = (
  realm: Realm,
  { artifact, job, path }: Pick<Row<'edges'>, 'artifact' | 'job' | 'path'>,
): Row<'names'>[] =>
  path === null ? [] : nameForms(realm, path).map((form) => ({ form, artifact, realm: realm.id, job }))

export const keyOfName = ({ form, artifact }: Row<'names'>): string =>
  `${form.toString('latin1')}\0${artifact.toString('latin1')}`

const rowsAtOnce = 500
/** Of the other jobs that used what is withdrawn, so many are asked for the same name. */
const mostOthers = 10_000

/** The names that these jobs, whose edges are still whole, brought; others that know the same name bring it again. */
export async function withdrawNames(
  { database }: Registry,
  tx: Writer,
  realm: Realm,
  jobs: readonly Buffer[],
): Promise<void> {
  const edges = await tx.selectFrom('edges').selectAll().where('job', 'in', jobs).execute()
  const names = edges.flatMap((edge) => namesOf(realm, openRow(realm, 'edges', edge)))
  for (const some of chunks(names, rowsAtOnce))
    await tx
      .deleteFrom('names')
      .where((eb) =>
        eb.or(some.map(({ form, artifact }) => eb.and([eb('form', '=', form), eb('artifact', '=', artifact)]))),
      )
      .where('job', 'in', jobs)
      .execute()
  const artifacts = [...new Map(edges.map(({ artifact }) => [artifact.toString('latin1'), artifact])).values()]
  for (const some of chunks(artifacts, rowsAtOnce)) {
    const others = await tx
      .selectFrom('edges')
      .innerJoin('jobs', 'jobs.id', 'edges.job')
      .selectAll('edges')
      .where('edges.artifact', 'in', some)
      .where('jobs.withdrawn_at', 'is', null)
      .limit(mostOthers)
      .execute()
    const kept = others.flatMap((edge) => namesOf(realm, openRow(realm, 'edges', edge)))
    await database.insertNew(tx, 'names', kept)
  }
}
