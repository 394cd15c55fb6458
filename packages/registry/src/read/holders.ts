/** From the digest of a member, or its beginning, to the composites that have it. */
import { type RawBuilder, sql } from 'kysely'
import type { Component, Held } from '../api/index.ts'
import type { Reader } from '../database/database.ts'
import { type Principal, realmsOf } from '../identity/principal.ts'
import type { DigestQuery } from '../realm/digest.ts'
import { prefixRange, type Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import { notFound } from '../refusal.ts'
import { digestsOf } from '../write/component-digests.ts'
import { chunks } from './chunks.ts'
import { answer, chosen, type FoundArtifact, findArtifacts, keyOfWhole } from './find.ts'

export interface Holder extends FoundArtifact {
  readonly member: Held
}

/** Beyond it a prefix is too short; of a file that lies in more composites than that, the oldest are told. */
const mostMembers = 256
/** The same, where thousands are asked for: several kinds of digest may have one key. */
const mostOfOne = 4
/** An engine joins only so many questions to one. */
const questionsAtOnce = 100

interface Place {
  readonly artifact: Buffer
  readonly position: number
  readonly at: number
}
type Places = RawBuilder<Place>

/** Of one key the oldest come first by the table's own order: nobody hides one behind many of his own. */
const places = (where: RawBuilder<unknown>, most: number): Places =>
  sql`SELECT * FROM (SELECT artifact, position, at FROM component_digests WHERE ${where} ORDER BY "key", at LIMIT ${sql.lit(most)}) AS few`

function beginning(realm: Realm, { hex }: DigestQuery): Places {
  const { from, to } = prefixRange(realm, hex)
  const all = sql`"key" >= ${from} AND realm = ${realm.id}`
  return places(to ? sql`${all} AND "key" < ${to}` : all, mostMembers)
}

const whole = (realm: Realm, query: DigestQuery): Places =>
  places(sql`"key" = ${keyOfWhole(realm, query)} AND realm = ${realm.id}`, mostOfOne)

/** Oldest first. */
async function membersAt(db: Reader, all: readonly Places[]) {
  const by = sql<Place>`(${sql.join(all, sql` UNION ALL `)})`.as<'by'>(sql.ref('by'))
  const rows = await db
    .selectFrom(by)
    .innerJoin('components', (join) =>
      join.onRef('components.artifact', '=', 'by.artifact').onRef('components.position', '=', 'by.position'),
    )
    .innerJoin('artifacts', 'artifacts.id', 'by.artifact')
    .selectAll('artifacts')
    .select(['by.at', 'components.position', 'components.document', 'components.sealed as component_sealed'])
    .execute()
  return rows.sort((a, b) => a.at - b.at)
}

type MemberRow = Awaited<ReturnType<typeof membersAt>>[number]

function opened(realm: Realm, { position, document, component_sealed, at: _, ...row }: MemberRow) {
  const kept = { artifact: row.id, position, document, sealed: component_sealed }
  const component: Component = JSON.parse(openRow(realm, 'components', kept).document ?? '{}')
  const holder = (): Holder => ({ row: openRow(realm, 'artifacts', row), realm, member: held(component) })
  return { component, holder }
}

const held = ({ relative_path, component_size }: Component): Held => ({
  path: relative_path,
  size: component_size ?? null,
})

const isMeant = (component: Component, { hex, algorithm }: DigestQuery): boolean =>
  digestsOf(component).some(
    (one) => one.digest.startsWith(hex) && (algorithm === null || (one.algorithm || algorithm) === algorithm),
  )

/** In the order of the caller's realms, in each the oldest first. */
export async function findHolders(db: Reader, principal: Principal, query: DigestQuery): Promise<readonly Holder[]> {
  const found: Holder[] = []
  for (const realms of chunks(realmsOf(principal), questionsAtOnce)) {
    const rows = await membersAt(
      db,
      realms.map((realm) => beginning(realm, query)),
    )
    for (const realm of realms)
      for (const row of rows.filter((one) => one.realm === realm.id)) {
        const { component, holder } = opened(realm, row)
        if (isMeant(component, query)) found.push(holder())
      }
  }
  return found
}

/** What has this digest; else what has a member with it, and which. */
export async function artifactOrHolder(
  db: Reader,
  principal: Principal,
  query: DigestQuery,
): Promise<{ found: FoundArtifact; also: readonly FoundArtifact[]; member: Held | null }> {
  const own = await findArtifacts(db, principal, query)
  if (own.length > 0) return { ...chosen(own, query), member: null }
  const holders = await findHolders(db, principal, query)
  if (holders.length === 0) throw notFound('artifact')
  const { found, also } = chosen(holders, query)
  return { found, also, member: (found as Holder).member }
}

/** Whole digests by the thousand. */
export async function holdersOfMany(
  db: Reader,
  principal: Principal,
  queries: readonly DigestQuery[],
): Promise<ReadonlyMap<DigestQuery, Holder>> {
  const found = new Map<DigestQuery, Holder>()
  for (const realm of realmsOf(principal))
    for (const some of chunks(queries, questionsAtOnce)) await holdersIn(db, realm, some, found)
  return found
}

async function holdersIn(
  db: Reader,
  realm: Realm,
  queries: readonly DigestQuery[],
  found: Map<DigestQuery, Holder>,
): Promise<void> {
  const rows = await membersAt(
    db,
    queries.map((query) => whole(realm, query)),
  )
  const members = rows.map((row) => opened(realm, row))
  const byDigest = new Map<string, () => Holder>()
  for (const { component, holder } of members)
    for (const { algorithm, digest } of digestsOf(component))
      for (const name of [digest, `${algorithm}:${digest}`]) if (!byDigest.has(name)) byDigest.set(name, holder)
  const meant = new Map<DigestQuery, () => Holder>()
  answer(queries, byDigest, meant)
  for (const [query, holder] of meant) found.set(query, holder())
}
