/**
 * The rows that a walk goes through, kept for as long as it lasts. Whoever walks far has the names of what lies ahead looked up in one recursive
 * question and their rows in four more, instead of four a level: a pipeline of fifty steps is read in a few round trips.
 */
import type { Reader } from '../database/database.ts'
import type { Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Row } from '../schema/tables.ts'
import { chunks } from './chunks.ts'
import { artifactsById, type FoundArtifact } from './find.ts'
import { jobsById } from './job-documents.ts'

const keysAtOnce = 1000
const mostAhead = 1000
/** Artifacts looked up for each level that is left to walk. */
const aheadPerLevel = 16
/** Of a layer up to here all is looked ahead from, not only what is not known yet: from a part one sees a part of what lies beyond. */
const wholeLayer = keysAtOnce / 4
/** So few levels are walked as they come. */
const shortWalk = 2

/** Rows by the key that they are asked by; a key that was asked for has a list, even if nothing was there. */
type Kept<R> = Map<string, R[]>

interface RealmRows {
  readonly touching: Kept<Row<'edges'>>
  readonly leading: Kept<Row<'edges'>>
  readonly jobs: Kept<Row<'jobs'>>
  readonly artifacts: Kept<FoundArtifact>
}

export interface WalkOptions {
  readonly depth: number
  readonly direction: 'up' | 'down'
  /** Most nodes. */
  readonly limit: number
  /** Those of the jobs too, which are most of their bytes. */
  readonly documents?: boolean
}

export interface WalkRoles {
  /** By which a job touches the artifact that the walk comes from. */
  readonly near: number
  /** By which it leads on. */
  readonly far: number
}

export class WalkRows {
  readonly #db: Reader
  readonly #roles: WalkRoles
  readonly #options: WalkOptions
  readonly #realms = new Map<number, RealmRows>()
  /** Keys that were asked for together with one that has more edges than are read at once. */
  readonly #cut = new Set<string>()
  /** Artifacts for the next look ahead, once one has come to its end before the graph did. */
  #further = 0

  constructor(db: Reader, roles: WalkRoles, options: WalkOptions) {
    this.#db = db
    this.#roles = roles
    this.#options = options
  }

  /** Edges to jobs that made (or used) these artifacts. `levels`: how many the walk has still before it. */
  async touching(realm: Realm, ids: readonly Buffer[], levels: number): Promise<readonly Row<'edges'>[]> {
    const kept = this.#of(realm)
    const missing = ids.filter((id) => !kept.touching.has(nameOf(id)))
    if (levels > shortWalk && missing.length > 0 && missing.length <= keysAtOnce)
      await this.#lookAhead(realm, ids.length <= wholeLayer ? ids : missing, levels)
    return this.#edges(realm, kept.touching, 'artifact', ids)
  }

  /** There may be more that touches it than was read. */
  isCut(id: Buffer): boolean {
    return this.#cut.has(nameOf(id))
  }

  /** What these jobs used (or made). */
  leading(realm: Realm, jobs: readonly Buffer[]): Promise<readonly Row<'edges'>[]> {
    return this.#edges(realm, this.#of(realm).leading, 'job', jobs)
  }

  jobs(realm: Realm, ids: readonly Buffer[]): Promise<readonly Row<'jobs'>[]> {
    const read = (some: readonly Buffer[]) => jobsById(this.#db, realm, some, this.#options.documents ?? false)
    return load(this.#of(realm).jobs, ids, read, (row) => row.id)
  }

  artifacts(realm: Realm, ids: readonly Buffer[]): Promise<readonly FoundArtifact[]> {
    const read = (some: readonly Buffer[]) => artifactsById(this.#db, realm, some)
    return load(this.#of(realm).artifacts, ids, read, ({ row }) => row.id)
  }

  #of(realm: Realm): RealmRows {
    const known = this.#realms.get(realm.id)
    if (known) return known
    const rows: RealmRows = { touching: new Map(), leading: new Map(), jobs: new Map(), artifacts: new Map() }
    this.#realms.set(realm.id, rows)
    return rows
  }

  #edges(
    realm: Realm,
    kept: Kept<Row<'edges'>>,
    by: 'artifact' | 'job',
    ids: readonly Buffer[],
  ): Promise<readonly Row<'edges'>[]> {
    const role = by === 'artifact' ? this.#roles.near : this.#roles.far
    const read = async (some: readonly Buffer[]) => {
      const query = this.#db.selectFrom('edges').selectAll().where(by, 'in', some).where('role', '=', role)
      // Of so many keys at once: what everybody uses may have millions of edges.
      const most = this.#options.limit
      const rows = await query.limit(most + 1).execute()
      if (rows.length > most) for (const id of some) this.#cut.add(nameOf(id))
      return rows.map((row) => openRow(realm, 'edges', row))
    }
    return load(kept, ids, read, (row) => row[by])
  }

  /** Breadth first on both engines: what is cut off is what lies farthest. */
  async #lookAhead(realm: Realm, seeds: readonly Buffer[], levels: number): Promise<void> {
    const { near, far } = this.#roles
    const limit = Math.min(mostAhead, Math.max(aheadPerLevel * levels, this.#further))
    const found = await this.#db
      .withRecursive('ahead(artifact)', (cte) =>
        cte
          .selectFrom('artifacts')
          .select('id as artifact')
          .where('id', 'in', seeds)
          .union(
            cte
              .selectFrom('ahead')
              .innerJoin('edges as touching', 'touching.artifact', 'ahead.artifact')
              .innerJoin('edges as leading', 'leading.job', 'touching.job')
              .select('leading.artifact')
              .where('touching.role', '=', near)
              .where('leading.role', '=', far),
          ),
      )
      .selectFrom('ahead')
      .select('artifact')
      .limit(limit)
      .execute()
    if (found.length === limit) this.#further = 2 * limit
    const ids = found.map((row) => row.artifact)
    const kept = this.#of(realm)
    const touching = await this.#edges(realm, kept.touching, 'artifact', ids)
    const jobs = distinct(touching.map((edge) => edge.job))
    await Promise.all([this.jobs(realm, jobs), this.leading(realm, jobs), this.artifacts(realm, ids)])
  }
}

const nameOf = (id: Buffer): string => id.toString('latin1')

export const distinct = (ids: readonly Buffer[]): readonly Buffer[] => [
  ...new Map(ids.map((id) => [nameOf(id), id])).values(),
]

/** The rows of these keys; only those are read that were not asked for before. */
async function load<R>(
  kept: Kept<R>,
  ids: readonly Buffer[],
  read: (ids: readonly Buffer[]) => Promise<readonly R[]>,
  keyOf: (row: R) => Buffer,
): Promise<readonly R[]> {
  const missing = ids.filter((id) => !kept.has(nameOf(id)))
  for (const some of chunks(missing, keysAtOnce)) {
    const rows = await read(some)
    for (const id of some) kept.set(nameOf(id), [])
    for (const row of rows) kept.get(nameOf(keyOf(row)))?.push(row)
  }
  return ids.flatMap((id) => kept.get(nameOf(id)) ?? [])
}
