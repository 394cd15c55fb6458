/** Who made a file that was a member of a composite: such a file has no edge of its own. */
import type { BytePath } from '@roar/core'
import { pathText } from '../path-text.ts'
import { memberAtPath } from '../read/members.ts'
import type { Sql } from '../sql.ts'

export interface Holder {
  /** Id of the composite's path. */
  readonly path: number
  readonly artifact: number
  readonly job: number
}

/** Newest first. A composite is named by its directory, or by a pattern of names in it: `out/part-*.csv`. By way of the composites, which are few. */
const composites = `
  SELECT p.id, p.path, e.artifact_id, e.job_id FROM edge_composites c
  CROSS JOIN edges e ON e.job_id = c.job_id AND e.ordinal = c.ordinal
  CROSS JOIN paths p ON p.id = e.path_id
  WHERE e.role = 'output' AND e.artifact_id IS NOT NULL
    AND (instr(?, p.path || '/') = 1 OR (substr(p.path, 1, length(?)) = ? AND instr(substr(p.path, length(?) + 1), '/') = 0))
  ORDER BY c.job_id DESC LIMIT 16`

/** The newest composite that a job has made with this member; null: none. */
export function holderOf(sql: Sql, member: BytePath): Holder | null {
  const { path, escaped } = pathText(member)
  if (escaped === 1) return null
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  for (const row of sql.lines(composites, [path, folder, folder, folder])) {
    const [id, name, artifact, job] = row as [number, string, number, number]
    const within = path.startsWith(`${name}/`) ? name.length + 1 : folder.length
    if (memberAtPath(sql, artifact, member.slice(Buffer.byteLength(path.slice(0, within))) as BytePath))
      return { path: id, artifact, job }
  }
  return null
}
