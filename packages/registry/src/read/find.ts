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

export interface FoundArtifact {
  readonly row: Row<'artifacts'>
  readonly realm: Realm
}

/** Claims whose digest begins so, at most this many rows a realm; beyond it a prefix is too short. */
const mostClaims = 256

async function claims(db: Reader, realm: Realm, query: DigestQuery): Promise<readonly Row<'digests'>[]> {
  const { from, to } = prefixRange(realm, query.hex)
  let select = db.selectFrom('digests').selectAll().where('key', '>=', from).where('realm', '=', realm.id)
  if (to) select = select.where('key', '<', to)
  const rows = await select.orderBy('key').limit(mostClaims).execute()
  return rows.filter((row) => {
    const digest = openDigest(realm, row)
    return (
      (query.algorithm === null || query.algorithm === digest.algorithm) && digestText(digest).startsWith(query.hex)
    )
  })
}

export async function findArtifacts(
  db: Reader,
  principal: Principal,
  query: DigestQuery,
): Promise<readonly FoundArtifact[]> {
  const found = await Promise.all(realmsOf(principal).map((realm) => artifactsIn(db, realm, query)))
  return found.flat()
}

async function artifactsIn(db: Reader, realm: Realm, query: DigestQuery): Promise<readonly FoundArtifact[]> {
  const rows = await claims(db, realm, query)
  const ids = [...new Map(rows.map((row) => [row.artifact.toString('latin1'), row.artifact])).values()]
  return artifactsById(db, realm, ids)
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
  const all = await findArtifacts(db, principal, query)
  const byName = new Map<string, FoundArtifact>()
  // The caller's realms come behind the public one: what is there again takes its place.
  for (const one of all) byName.set(nameOf(one), one)
  const [found, ...also] = byName.values()
  if (!found) throw notFound('artifact')
  if (also.length > 0 && !isWhole(all, query)) throw ambiguous(query, [...byName.values()])
  return { found, also }
}

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
  const keys = queries.map(({ hex }) => digestKey(realm, digestBytes('', hex).bytes))
  const rows = await db
    .selectFrom('digests')
    .selectAll()
    .where('key', 'in', keys)
    .where('realm', '=', realm.id)
    .execute()
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
    byDigest.set(digestText(digest), artifact)
    byDigest.set(textOf(digest), artifact)
  }
  for (const query of queries) {
    const artifact = byDigest.get(query.algorithm ? `${query.algorithm}:${query.hex}` : query.hex)
    if (artifact) found.set(query, artifact)
  }
}
