/** The words of commands that are taken back: told by the commands, which are still there. */
import type { Writer } from '../database/database.ts'
import { chunks } from '../read/chunks.ts'
import { jobColumns } from '../read/job-documents.ts'
import { wordRows } from '../realm/command-words.ts'
import type { Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'

/** An engine takes only so deep an expression. */
const rowsAtOnce = 300

export async function withdrawWords(tx: Writer, realm: Realm, jobs: readonly Buffer[]): Promise<void> {
  const rows = await tx.selectFrom('jobs').select(jobColumns).where('id', 'in', jobs).execute()
  const words = rows.flatMap((row) => wordRows(realm, openRow(realm, 'jobs', { ...row, document: null })))
  for (const some of chunks(words, rowsAtOnce))
    await tx
      .deleteFrom('words')
      .where((eb) =>
        eb.or(some.map(({ term, at, job }) => eb.and([eb('term', '=', term), eb('at', '=', at), eb('job', '=', job)]))),
      )
      .execute()
}
