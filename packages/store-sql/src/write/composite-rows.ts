/** Writes the members of a job's composites: only pages that no version before has had. */
import type { Manifest, ManifestPage, OutputEdge } from '@roar/core'
import { insertPageMembers } from '../schema/migrations/0008-page-members.ts'
import type { Sql } from '../sql.ts'
import { pagesByRoot } from '../sqlite/look-up.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import type { PlacedArtifacts } from './artifact-ids.ts'

/** Within a transaction, behind the edges. */
export function writeComposites(sql: Sql, job: number, edges: readonly OutputEdge[], artifacts: PlacedArtifacts): void {
  const newest = sql.first('newestPage')?.id ?? 0
  for (const [ordinal, { composite }] of edges.entries()) {
    if (!composite) continue
    const { complete, incomplete, part, manifest } = composite
    sql.run('insertComposite', {
      ...{ job_id: job, ordinal, complete: complete ? 1 : 0, incomplete },
      ...{ part_members: part?.members ?? null, part_size: part?.size ?? null, part_root: part?.digest ?? null },
    })
    const artifact = artifacts.ids[ordinal] ?? null
    if (artifact !== null && manifest && !hasPages(sql, artifact)) {
      const rows = new RowWriter(sql, 'artifact_pages', ['artifact_id', 'place', 'page_id'])
      for (const [place, id] of pageIds(sql, manifest).entries()) rows.add(artifact, place, id)
      rows.flush()
    }
    if (part?.manifest) {
      const rows = new RowWriter(sql, 'edge_pages', ['job_id', 'ordinal', 'place', 'page_id'])
      for (const [place, id] of pageIds(sql, part.manifest).entries()) rows.add(job, ordinal, place, id)
      rows.flush()
    }
  }
  if ((sql.first('newestPage')?.id ?? 0) > newest) indexPages(sql, newest)
}

/** Of all new ones at once, in the order of the index. */
function indexPages(sql: Sql, behind: number): void {
  sql.statement(`${insertPageMembers} WHERE manifest_pages.id > ? ORDER BY 1`).run([behind])
}

const hasPages = (sql: Sql, artifact: number): boolean => sql.first('anyPage', { artifact }) !== undefined

function pageIds(sql: Sql, { pages }: Manifest): readonly number[] {
  const roots = pages.map((page) => page.root)
  const known = new Map(pagesByRoot(sql, roots).map(([place, id]) => [roots[place] as string, id]))
  return pages.map((page) => {
    const id = known.get(page.root) ?? insertPage(sql, page)
    known.set(page.root, id)
    return id
  })
}

const insertPage = (sql: Sql, { root, members, first, data }: ManifestPage): number =>
  sql.run('insertPage', { root, members, first: Buffer.from(first, 'latin1'), data: Buffer.from(data()) }).id

/** Within a transaction: pages that nothing refers to any more. */
export function removeUnusedPages(sql: Sql): void {
  if (sql.run('deleteUnusedPages').changes > 0) sql.run('deleteUnusedPageMembers')
}
