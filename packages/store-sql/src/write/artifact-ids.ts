/** One artifact for one content: digests that meet on a file make it the same. */
import type { Digests, Edge } from '@roar/core'
import type { Sql } from '../sql.ts'

/** Null for an edge without digest. Within a transaction. */
export type ArtifactIds = (
  edge: Pick<Edge, 'digests' | 'kind' | 'format' | 'members' | 'size'>,
  now: number,
) => number | null

export function artifactIds(sql: Sql): ArtifactIds {
  const find = sql.prepare(['value', 'algorithm'], (row) =>
    sql.build
      .selectFrom('digests')
      .select('artifact_id')
      .where('value', '=', row.value)
      .where('algorithm', '=', row.algorithm),
  )
  const insert = sql.prepare(['kind', 'format', 'members', 'size', 'first_seen'], (row) =>
    sql.build.insertInto('artifacts').values(row),
  )
  const addDigest = sql.prepare(['value', 'algorithm', 'artifact_id'], (row) =>
    sql.build.insertInto('digests').values(row),
  )
  return (edge, now) => {
    const digests = Object.entries(edge.digests)
    if (digests.length === 0) return null
    const known = digests.map(([algorithm, value]) => find.get({ algorithm, value })?.artifact_id as number | undefined)
    const distinct = [...new Set(known.filter((id) => id !== undefined))].sort((a, b) => a - b)
    const [first, ...others] = distinct
    const { kind, format, members, size } = edge
    const id = first ?? insert.run({ kind, format, members, size, first_seen: now }).id
    for (const other of others) mergeArtifacts(sql, other, id)
    digests.forEach(([algorithm, value], i) => {
      if (known[i] === undefined) addDigest.run({ value, algorithm, artifact_id: id })
    })
    return id
  }
}

/** Two that were known by different algorithms turn out to be one. */
function mergeArtifacts(sql: Sql, from: number, into: number): void {
  const { build } = sql
  const seen = sql.first(build.selectFrom('artifacts').select('first_seen').where('id', '=', from))
  sql.run(build.updateTable('edges').set({ artifact_id: into }).where('artifact_id', '=', from))
  sql.run(build.updateTable('digests').set({ artifact_id: into }).where('artifact_id', '=', from))
  sql.run(build.deleteFrom('artifacts').where('id', '=', from))
  if (!seen) return
  sql.run(
    build
      .updateTable('artifacts')
      .set({ first_seen: seen.first_seen })
      .where('id', '=', into)
      .where('first_seen', '>', seen.first_seen),
  )
}

/** The digest by which an artifact is named in short: the primary algorithm's, else the first by name. */
export const nameDigest = (digests: Digests): string | null =>
  digests.blake3 ??
  Object.keys(digests)
    .sort()
    .map((name) => digests[name] as string)[0] ??
  null
