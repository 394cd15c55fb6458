/** A database that was filled before the words of commands had rows gets them. */
import type { Writer } from '../database/database.ts'
import { jobColumns } from '../read/job-documents.ts'
import { wordRows } from '../realm/command-words.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { fillLater, type Realms } from './fill-later.ts'

const jobsAtOnce = 1000

export const fillWords = (registry: Registry, signal?: AbortSignal): Promise<void> =>
  fillLater<string>(
    registry,
    { fact: 'words_filled', beginning: '', some: (tx, realms, at) => fillSome(registry, tx, realms, at) },
    signal,
  )

async function fillSome({ database }: Registry, tx: Writer, realms: Realms, after: string): Promise<string | null> {
  const rows = await tx
    .selectFrom('jobs')
    .select(jobColumns)
    .where('id', '>', Buffer.from(after, 'hex'))
    .orderBy('id')
    .limit(jobsAtOnce)
    .execute()
  const words: Row<'words'>[] = []
  for (const row of rows) {
    const realm = await realms.byId(tx, row.realm)
    if (realm) words.push(...wordRows(realm, openRow(realm, 'jobs', { ...row, document: null })))
  }
  await database.insertNew(tx, 'words', words)
  return rows.length < jobsAtOnce ? null : (rows.at(-1)?.id.toString('hex') ?? null)
}
