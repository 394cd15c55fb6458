/** Members of a composite, a page at a time. */
import type { Principal } from '../identity/principal.ts'
import { parseReference } from '../realm/digest.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { oneArtifact } from './find.ts'

type Member = Record<string, unknown>

export async function componentPage(
  registry: Registry,
  principal: Principal,
  reference: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Member[]; components: Member[]; next: string | null }> {
  const { read } = registry.database
  const { found } = await oneArtifact(read, principal, parseReference(reference))
  const from = page.cursor ? readCursor(page.cursor)[0] : 0
  const rows = await read
    .selectFrom('components')
    .selectAll()
    .where('artifact', '=', found.row.id)
    .where('position', '>=', from)
    .orderBy('position')
    .limit(page.limit + 1)
    .execute()
  const items = rows
    .slice(0, page.limit)
    .map((row): Member => JSON.parse(openRow(found.realm, 'components', row).document ?? '{}'))
  const next = rows[page.limit]
  return {
    items,
    components: items.map(inCamelCase),
    next: next ? writeCursor(next.position, Buffer.alloc(0)) : null,
  }
}

/** Older clients read `relativePath`, `componentDigest`, `leafKind`. */
const inCamelCase = (member: Member): Member =>
  Object.fromEntries(
    Object.entries(member).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()),
      value,
    ]),
  )
