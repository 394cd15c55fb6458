/** The labels of a target, as they are now and as they were. */
import type { LabelVersion } from '../api/index.ts'
import type { Reader } from '../database/database.ts'
import type { Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { isoTime } from './artifact-documents.ts'

export async function currentLabelRow(db: Reader, realm: Realm, target: Buffer): Promise<Row<'labels'> | null> {
  const row = await db
    .selectFrom('labels')
    .selectAll()
    .where('target', '=', target)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? openRow(realm, 'labels', row) : null
}

export const labelDocument = (row: Row<'labels'> | null): Record<string, unknown> =>
  row?.document ? JSON.parse(row.document) : {}

export async function currentLabels(
  registry: Registry,
  realm: Realm,
  target: Buffer,
): Promise<Record<string, unknown>> {
  return labelDocument(await currentLabelRow(registry.database.read, realm, target))
}

export interface LabelledTarget {
  readonly realm: Realm
  readonly target: Buffer
  readonly artifactHash: string | null
  readonly jobUid: string | null
}

/** Newest first. */
export async function labelVersions(registry: Registry, to: LabelledTarget): Promise<readonly LabelVersion[]> {
  const rows = await registry.database.read
    .selectFrom('labels')
    .leftJoin('accounts', 'accounts.id', 'labels.account')
    .selectAll('labels')
    .select('accounts.name')
    .where('target', '=', to.target)
    .orderBy('version', 'desc')
    .limit(1000)
    .execute()
  return rows.map((sealed) => {
    const row = openRow(to.realm, 'labels', sealed)
    return {
      version: row.version,
      metadata: labelDocument(row),
      at: isoTime(row.at),
      by: sealed.name,
      sessionHash: row.session?.toString('hex') ?? null,
      artifactHash: to.artifactHash,
      jobUid: to.jobUid,
    }
  })
}
