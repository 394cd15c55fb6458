/** What is registered bit by bit lies here, sealed and seen by nobody, until it is published as one. */
import { createHash } from 'node:crypto'
import type { ArtifactClaim, ComponentList, CompositeClaim, JobClaim, JobLinks } from '../api/index.ts'
import { turn, type Writer } from '../database/database.ts'
import { decrypt, encrypt } from '../realm/realm.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'

export interface StagedKinds {
  readonly job: JobClaim
  readonly artifact: ArtifactClaim
  readonly composite: CompositeClaim
  readonly links: JobLinks
  readonly components: ComponentList
}
export type StagedKind = keyof StagedKinds
const numbers: Readonly<Record<StagedKind, number>> = { job: 0, artifact: 1, composite: 2, links: 3, components: 4 }

const keyOf = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16)

const names: { readonly [K in StagedKind]: (item: StagedKinds[K]) => string } = {
  job: (item) => item.job_uid,
  artifact: (item) => item.hashes.map((one) => `${one.algorithm}:${one.digest}`).join(' ') + (item.source_url ?? ''),
  composite: (item) => item.hash,
  // Links are joined, so each says only itself: what is sent again falls on itself.
  links: (item) => JSON.stringify(item),
  components: (item) => `${item.algorithm}:${item.hash} ${item.first}`,
}

const itemsIn = (kind: StagedKind, item: unknown): number => {
  if (kind !== 'links') return 1
  const { inputs = [], outputs = [] } = item as JobLinks
  return inputs.length + outputs.length
}

/** Items of one request; the same name again takes the place of what was there. Says how many are new. */
export async function stage<K extends StagedKind>(
  registry: Registry,
  registration: string,
  kind: K,
  items: readonly StagedKinds[K][],
): Promise<{ created: number; existing: number }> {
  const rows = new Map<string, Row<'staged'>>()
  for (const item of items) {
    const key = keyOf(names[kind](item))
    const sealed = encrypt(registry.serverKey, `staged:${registration}`, Buffer.from(JSON.stringify(item)))
    rows.set(key.toString('latin1'), { registration, kind: numbers[kind], key, items: itemsIn(kind, item), sealed })
  }
  const existing = await registry.database.write(async (tx) => {
    await requireOpen(tx, registration)
    const known = await removeKnown(tx, registration, numbers[kind], [...rows.values()])
    await registry.database.insertNew(tx, 'staged', [...rows.values()])
    return known
  })
  return { created: rows.size - existing, existing: items.length - rows.size + existing }
}

/** Holds the row: whoever finalizes waits for us, or we come too late and say so. */
async function requireOpen(tx: Writer, registration: string): Promise<void> {
  const touched = await tx
    .updateTable('registrations')
    .set({ status: 'open' })
    .where('id', '=', registration)
    .where('status', '=', 'open')
    .executeTakeFirst()
  if (touched.numUpdatedRows === 0n)
    throw new Refusal('ROAR_REGISTRY_CLOSED', 'This registration is published: nothing can be added to it.', {
      remedy: ['Start another one; what they share becomes one.'],
    })
}

const keysAtOnce = 500

async function removeKnown(
  tx: Writer,
  registration: string,
  kind: number,
  rows: readonly Row<'staged'>[],
): Promise<number> {
  let removed = 0
  for (let at = 0; at < rows.length; at += keysAtOnce) {
    const keys = rows.slice(at, at + keysAtOnce).map((row) => row.key)
    const done = await tx
      .deleteFrom('staged')
      .where('registration', '=', registration)
      .where('kind', '=', kind)
      .where('key', 'in', keys)
      .executeTakeFirst()
    removed += Number(done.numDeletedRows)
  }
  return removed
}

const pageSize = 2000

export async function* staged<K extends StagedKind>(
  registry: Registry,
  tx: Writer,
  registration: string,
  kind: K,
): AsyncGenerator<StagedKinds[K]> {
  for (let after = Buffer.alloc(0); ; ) {
    const rows = await tx
      .selectFrom('staged')
      .select(['key', 'sealed'])
      .where('registration', '=', registration)
      .where('kind', '=', numbers[kind])
      .where('key', '>', after)
      .orderBy('key')
      .limit(pageSize)
      .execute()
    for (const row of rows)
      yield JSON.parse(decrypt(registry.serverKey, `staged:${registration}`, row.sealed).toString())
    if (rows.length < pageSize) return
    after = (rows.at(-1) as { key: Buffer<ArrayBuffer> }).key
    await turn()
  }
}

export async function stagedCounts(
  registry: Registry,
  registration: string,
): Promise<{ jobs: number; artifacts: number; links: number }> {
  const rows = await registry.database.read
    .selectFrom('staged')
    .select((eb) => ['kind', eb.fn.sum<number>('items').as('items')])
    .where('registration', '=', registration)
    .groupBy('kind')
    .execute()
  const of = (...kinds: StagedKind[]) =>
    rows
      .filter((row) => kinds.some((kind) => numbers[kind] === row.kind))
      .reduce((sum, row) => sum + Number(row.items), 0)
  return { jobs: of('job'), artifacts: of('artifact', 'composite'), links: of('links') }
}

export const dropStaged = (tx: Writer, registration: string): Promise<unknown> =>
  tx.deleteFrom('staged').where('registration', '=', registration).execute()
