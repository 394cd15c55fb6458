/** Who made a file that was a member of a composite: such a file has no edge of its own. */
import { type BytePath, decodePage, memberKey, namesAbove } from '@roar/core'
import { pathText } from '../path-text.ts'
import { memberAtPath } from '../read/members.ts'
import type { Sql } from '../sql.ts'

export interface Holder {
  /** Id of the composite's path. */
  readonly path: number
  readonly artifact: number
  readonly job: number
}

/** Newest first. By the names that its composites may have, which an index knows. */
const composites = `
  SELECT asked.key, p.id, e.artifact_id, e.job_id FROM json_each(?) asked
  CROSS JOIN paths p ON p.path = asked.value AND p.escaped = 0
  CROSS JOIN edges e ON e.path_id = p.id
  CROSS JOIN edge_composites c ON c.job_id = e.job_id AND c.ordinal = e.ordinal
  WHERE e.role = 'output' AND e.artifact_id IS NOT NULL
  ORDER BY e.job_id DESC LIMIT 16`

/** The newest composite that a job has made with this member, and with this content of it where that is known; null: none. */
export function holderOf(sql: Sql, member: BytePath, digest: string | null = null): Holder | null {
  if (pathText(member).escaped === 1) return null
  const names = [...namesAbove(member)]
  const asked = JSON.stringify(names.map(({ name }) => pathText(name).path))
  for (const row of sql.lines(composites, [asked])) {
    const [place, path, artifact, job] = row as [number, number, number, number]
    const found = memberAtPath(sql, artifact, names[place]?.inside ?? member)
    if (found && (digest === null || found.digests.blake3 === digest)) return { path, artifact, job }
  }
  return null
}

/** Newest first. */
const composed = `
  SELECT p.data, e.path_id, e.artifact_id, e.job_id FROM page_members k
  CROSS JOIN manifest_pages p ON p.id = k.page_id
  CROSS JOIN artifact_pages a ON a.page_id = p.id
  CROSS JOIN edges e ON e.artifact_id = a.artifact_id AND e.role = 'output'
  WHERE k.key = ?
  ORDER BY e.job_id DESC LIMIT 16`

/** The newest composite that a job has made with a member of these bytes, wherever the file lies now; null: none. */
export function holderOfCopy(sql: Sql, digest: string): Holder | null {
  for (const row of sql.lines(composed, [memberKey(digest)])) {
    const [data, path, artifact, job] = row as [Buffer, number, number, number]
    if (decodePage(data).some(({ type, digests }) => type === 'file' && digests.blake3 === digest))
      return { path, artifact, job }
  }
  return null
}
