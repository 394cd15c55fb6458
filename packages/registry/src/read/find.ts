/** From a digest, or its beginning, to the artifacts that somebody claims it of. One question for every realm that the caller may read. */
import type { Reader } from '../database/database.ts'
import { type Principal, realmsOf } from '../identity/principal.ts'
import { type DigestQuery, digestBytes, digestText } from '../realm/digest.ts'
import { digestKey, prefixRange, type Realm } from '../realm/realm.ts'
import { openDigest } from '../realm/sealed-digest.ts'
import { openRow } from '../realm/sealed-rows.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Row } from '../schema/tables.ts'
import { textOf } from '../write/artifact-rows.ts'
import { chunks } from './chunks.ts'

export interface FoundArtifact {
  readonly row: Row<'artifacts'>
  readonly realm: Realm
}

/** Claims whose digest begins so, at most this many rows a realm; beyond it a prefix is too short. */
const mostClaims = 256

/** Claims of one realm, with the artifacts that they are made of. */
function claimed(db: Reader, realm: Realm, { hex }: DigestQuery, order: 'key' | 'age' = 'key') {
  const { from, to } = prefixRange(realm, hex)
  let select = db
    .selectFrom('digests')
    .innerJoin('artifacts', 'artifacts.id', 'digests.artifact')
    .selectAll('artifacts')
    .select(['digests.key', 'digests.registrar', 'digests.at as claimed_at'])
    .select(['digests.algorithm as claimed_algorithm', 'digests.digest as claimed_digest'])
    .where('digests.key', '>=', from)
    .where('digests.realm', '=', realm.id)
  if (to) select = select.where('digests.key', '<', to)
  return db
    .selectFrom(
      select
        .orderBy(order === 'key' ? 'digests.key' : 'digests.at')
        .limit(mostClaims)
        .as('claimed'),
    )
    .selectAll()
}

type Claimed = Awaited<ReturnType<ReturnType<typeof claimed>['execute']>>[number]

/** An engine joins only so many questions to one. */
const realmsAtOnce = 100

/** In the order of the caller's realms. */
export async function findArtifacts(
  db: Reader,
  principal: Principal,
  query: DigestQuery,
): Promise<readonly FoundArtifact[]> {
  const found = new Map<string, FoundArtifact>()
  for (const realms of chunks(realmsOf(principal), realmsAtOnce)) {
    const [first, ...others] = realms.map((realm) => claimed(db, realm, query))
    const rows = await others.reduce((all, one) => all.unionAll(one), first as ReturnType<typeof claimed>).execute()
    for (const realm of realms) {
      const own = await oldest(db, realm, query, rows)
      for (const row of own.filter((one) => isMeant(realm, one, query)))
        found.set(row.id.toString('latin1'), { row: openRow(realm, 'artifacts', row), realm })
    }
  }
  return [...found.values()]
}

/** Of one digest the oldest claim first. Where there are more than were read, the oldest are asked for: nobody hides one behind many of his own. */
async function oldest(
  db: Reader,
  realm: Realm,
  query: DigestQuery,
  rows: readonly Claimed[],
): Promise<readonly Claimed[]> {
  const own = rows.filter((one) => one.realm === realm.id)
  const all = own.length < mostClaims ? own : await claimed(db, realm, query, 'age').execute()
  return [...all].sort((a, b) => Buffer.compare(a.key, b.key) || a.claimed_at - b.claimed_at)
}

function isMeant(realm: Realm, row: Claimed, { hex, algorithm }: DigestQuery): boolean {
  const { key, id: artifact, registrar } = row
  const claim = { key, artifact, registrar, algorithm: row.claimed_algorithm, digest: row.claimed_digest }
  const digest = openDigest(realm, claim)
  return (algorithm === null || algorithm === digest.algorithm) && digestText(digest).startsWith(hex)
}

export async function artifactsById(
  db: Reader,
  realm: Realm,
  ids: readonly Buffer[],
): Promise<readonly FoundArtifact[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('artifacts').selectAll().where('id', 'in', ids).execute()
  return rows.map((row) => ({ row: openRow(realm, 'artifacts', row), realm }))
}

/** The one that is meant: several that are the same bytes in several realms are one; the caller's own comes first. */
export async function oneArtifact(
  db: Reader,
  principal: Principal,
  query: DigestQuery,
): Promise<{ found: FoundArtifact; also: readonly FoundArtifact[] }> {
  return chosen(await findArtifacts(db, principal, query), query)
}

export function chosen(
  all: readonly FoundArtifact[],
  query: DigestQuery,
): { found: FoundArtifact; also: readonly FoundArtifact[] } {
  const byName = new Map<string, FoundArtifact>()
  // The caller's realms come behind the public one: what is there again takes its place.
  for (const one of all) byName.set(nameOf(one), one)
  const [found, ...also] = namedFirst([...byName.values()], query)
  if (!found) throw notFound('artifact')
  if (also.length > 0 && !isWhole(all, query)) throw ambiguous(query, [...byName.values()])
  return { found, also }
}

/** Anybody may claim a digest of anything: what is called by it goes before what it is only claimed of. */
const namedFirst = (found: readonly FoundArtifact[], query: DigestQuery): readonly FoundArtifact[] => [
  ...found.filter((one) => isCalled(one, query)),
  ...found.filter((one) => !isCalled(one, query)),
]

const isCalled = ({ row }: FoundArtifact, { hex, algorithm }: DigestQuery): boolean =>
  row.algorithm !== null &&
  row.digest !== null &&
  (algorithm ?? row.algorithm) === row.algorithm &&
  digestText({ algorithm: row.algorithm, bytes: row.digest }) === hex

const nameOf = ({ row }: FoundArtifact): string =>
  row.algorithm && row.digest ? textOf({ algorithm: row.algorithm, bytes: row.digest }) : row.id.toString('hex')

/** A whole digest that several artifacts have is a conflict of claims, which is shown; a prefix that fits several is a question back. */
function isWhole(found: readonly FoundArtifact[], { hex }: DigestQuery): boolean {
  const shortest = 32
  return hex.length >= shortest || found.some(({ row }) => row.digest?.toString('hex') === hex)
}

const ambiguous = ({ hex }: DigestQuery, found: readonly FoundArtifact[]): Refusal =>
  new Refusal('ROAR_REGISTRY_AMBIGUOUS', `'${hex}' could be ${found.length} different artifacts.`, {
    details: found.slice(0, 16).map(nameOf),
    remedy: ['Give more digits, or the algorithm: sha256:…'],
  })

/** Whole digests by the thousand: which are known, and as what. */
export async function findMany(
  db: Reader,
  principal: Principal,
  queries: readonly DigestQuery[],
): Promise<ReadonlyMap<DigestQuery, FoundArtifact>> {
  const found = new Map<DigestQuery, FoundArtifact>()
  for (const realm of realmsOf(principal)) {
    for (let at = 0; at < queries.length; at += keysAtOnce)
      await findSome(db, realm, queries.slice(at, at + keysAtOnce), found)
  }
  return found
}

const keysAtOnce = 1000

async function findSome(
  db: Reader,
  realm: Realm,
  queries: readonly DigestQuery[],
  found: Map<DigestQuery, FoundArtifact>,
): Promise<void> {
  const keys = queries.map((query) => keyOfWhole(realm, query))
  const rows = await db
    .selectFrom('digests')
    .selectAll()
    .where('key', 'in', keys)
    .where('realm', '=', realm.id)
    .execute()
  rows.sort((a, b) => a.at - b.at)
  const artifacts = await artifactsById(
    db,
    realm,
    rows.map((row) => row.artifact),
  )
  const byId = new Map(artifacts.map((one) => [one.row.id.toString('latin1'), one]))
  const byDigest = new Map<string, FoundArtifact>()
  for (const row of rows) {
    const artifact = byId.get(row.artifact.toString('latin1'))
    const digest = openDigest(realm, row)
    if (!artifact) continue
    const text = digestText(digest)
    for (const name of [text, textOf(digest)])
      if (!byDigest.has(name) || isCalled(artifact, { algorithm: null, hex: text })) byDigest.set(name, artifact)
  }
  answer(queries, byDigest, found)
}

export const keyOfWhole = (realm: Realm, { hex }: DigestQuery): Buffer => digestKey(realm, digestBytes('', hex).bytes)

/** `byDigest`: by the digest's text, with and without the algorithm in front. */
export function answer<T>(
  queries: readonly DigestQuery[],
  byDigest: ReadonlyMap<string, T>,
  found: Map<DigestQuery, T>,
): void {
  for (const query of queries) {
    const known = byDigest.get(query.algorithm ? `${query.algorithm}:${query.hex}` : query.hex)
    if (known) found.set(query, known)
  }
}
