/** Members of composites: by composite, by path, by digest. */
import type { BytePath, CompositePart, CompositeUse, Member, MemberMatch, MemberQuery } from '@roar/core'
import { decodePage } from '@roar/core'
import type { EdgeCompositesTable } from '../schema/tables.ts'
import type { Sql } from '../sql.ts'
import type { Row } from '../statements/statement.ts'
import { artifactRows } from './artifacts.ts'
import { type ByJob, byJob } from './by-job.ts'

const mostMatches = 16
const shownPaths = 100

/** In the order of their paths. */
export function membersOf(sql: Sql, artifact: number, { from, limit = Number.POSITIVE_INFINITY }: MemberQuery = {}) {
  const start = from === undefined ? 0 : pageOf(sql, artifact, from)
  const members: Member[] = []
  for (let place = start; members.length < limit; place++) {
    const page = sql.first('pageOfArtifact', { artifact, place })
    if (!page) break
    for (const member of decodePage(page.data))
      if (members.length < limit && (from === undefined || member.path >= from)) members.push(member)
  }
  return members
}

/** The last one that begins at or before the path. */
const pageOf = (sql: Sql, artifact: number, path: BytePath): number =>
  sql.first('placeOfMember', { artifact, path: Buffer.from(path, 'latin1') })?.place ?? 0

export function memberAtPath(sql: Sql, artifact: number, path: BytePath): Member | null {
  const [first] = membersOf(sql, artifact, { from: path, limit: 1 })
  return first?.path === path ? first : null
}

/** Looks through all pages: some 100 ms for a million members. `prefix`: hex, at least 8 digits. */
export function membersByDigest(sql: Sql, prefix: string): readonly MemberMatch[] {
  const bytes = Buffer.from(prefix.slice(0, prefix.length & ~1), 'hex')
  const pages = sql.lines('SELECT id, data FROM manifest_pages WHERE instr(data, ?) > 0', [bytes]) as [number, Buffer][]
  const matches: MemberMatch[] = []
  for (const [id, data] of pages) {
    const members = decodePage(data).filter((one) => Object.values(one.digests).some((hex) => hex.startsWith(prefix)))
    if (members.length === 0) continue
    const holders = sql.all('holdersOfPage', { page: id })
    for (const artifact of artifactRows(
      sql,
      holders.map((row) => row.artifact_id),
    ))
      for (const member of members) matches.push({ artifact, member })
    if (matches.length >= mostMatches) break
  }
  return matches.slice(0, mostMatches)
}

/** By job, then by ordinal. */
export function compositeUses(
  sql: Sql,
  found: readonly Row<'compositesOfEdges'>[],
): ByJob<ReadonlyMap<number, CompositeUse>> {
  const rows = byJob(found)
  return (job) =>
    new Map(
      rows(job).map(({ ordinal, complete, incomplete, ...row }) => [
        ordinal,
        { complete: complete === 1, incomplete, part: partOf(sql, job, ordinal, row) },
      ]),
    )
}

type PartRow = Pick<EdgeCompositesTable, 'part_members' | 'part_size' | 'part_root'>

function partOf(sql: Sql, job: number, ordinal: number, row: PartRow): CompositePart | null {
  if (row.part_members === null) return null
  return {
    members: row.part_members,
    size: row.part_size ?? 0,
    digest: row.part_root,
    paths: partMembers(sql, job, ordinal, shownPaths).map((one) => one.path),
  }
}

/** The members of a part, as far as their digests were known. */
export function partMembers(sql: Sql, job: number, ordinal: number, limit: number): readonly Member[] {
  const pages = sql.all('pagesOfPart', { job, ordinal, limit: Math.ceil(limit / 128) })
  return pages.flatMap((page) => decodePage(page.data)).slice(0, limit)
}
