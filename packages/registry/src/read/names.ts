/** Artifacts by the beginning of a word of a name under which a job used them; in private realms by whole words. A page at a time, in the order of the names' forms. */
import { type Principal, realmsOf } from '../identity/principal.ts'
import { nameForms, nameRange } from '../realm/name-forms.ts'
import type { Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { artifactsById } from './find.ts'

export interface NamedArtifact {
  readonly row: Row<'artifacts'>
  readonly path: string
}
type Position = readonly [form: Buffer, artifact: Buffer]

const artifactKey = 16

export async function artifactsByName(
  registry: Registry,
  principal: Principal,
  words: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: NamedArtifact[]; next: string | null }> {
  const after = page.cursor === undefined ? null : position(page.cursor)
  const found = await Promise.all(
    realmsOf(principal).map((realm) => formsIn(registry, realm, words, after, page.limit + 1)),
  )
  const rows = found.flat().sort((a, b) => Buffer.compare(a.form, b.form) || Buffer.compare(a.artifact, b.artifact))
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const items = await Promise.all(
    realmsOf(principal).map((realm) =>
      named(
        registry,
        realm,
        words,
        shown.filter((one) => one.realm === realm.id),
      ),
    ),
  )
  return {
    items: items.flat(),
    next:
      rows.length > page.limit && last
        ? writeCursor(last.form.length, Buffer.concat([last.form, last.artifact]))
        : null,
  }
}

function position(cursor: string): Position {
  const [length, key] = readCursor(cursor)
  return [key.subarray(0, length), key.subarray(length, length + artifactKey)]
}

function formsIn({ database }: Registry, realm: Realm, words: string, after: Position | null, limit: number) {
  const { from, to } = nameRange(realm, words)
  let query = database.read
    .selectFrom('names')
    .selectAll()
    .where('form', '>=', from)
    .where('form', '<', to)
    .where('realm', '=', realm.id)
  if (after) query = query.where((eb) => eb(eb.refTuple('form', 'artifact'), '>', eb.tuple(...after)))
  return query.orderBy('form').orderBy('artifact').limit(limit).execute()
}

async function named(
  { database }: Registry,
  realm: Realm,
  words: string,
  names: readonly Row<'names'>[],
): Promise<readonly NamedArtifact[]> {
  if (names.length === 0) return []
  const edges = await database.read
    .selectFrom('edges')
    .selectAll()
    .where('role', 'in', [0, 1])
    .where(
      'job',
      'in',
      names.map(({ job }) => job),
    )
    .where(
      'artifact',
      'in',
      names.map(({ artifact }) => artifact),
    )
    .execute()
  const paths = new Map<string, string[]>()
  for (const edge of edges) {
    const { path } = openRow(realm, 'edges', edge)
    if (path !== null) paths.set(keyOf(edge), [...(paths.get(keyOf(edge)) ?? []), path])
  }
  const ids = names.map(({ artifact }) => artifact)
  const found = await artifactsById(database.read, realm, ids)
  const artifacts = new Map(found.map(({ row }) => [row.id.toString('latin1'), row]))
  return names.flatMap((name) => {
    const row = artifacts.get(name.artifact.toString('latin1'))
    const path = paths.get(keyOf(name))?.find((one) => isFirst(realm, name.form, one, words))
    return row && path !== undefined ? [{ row, path }] : []
  })
}

const keyOf = ({ job, artifact }: Pick<Row<'names'>, 'job' | 'artifact'>): string =>
  job.toString('latin1') + artifact.toString('latin1')

/** `model/model.pt` fits at two places and is shown at the first; words that are longer than a form are compared with the path. */
function isFirst(realm: Realm, form: Buffer, path: string, words: string): boolean {
  if (!path.toLowerCase().includes(words.toLowerCase())) return false
  const { from, to } = nameRange(realm, words)
  const fitting = nameForms(realm, path).filter((one) => from.compare(one) <= 0 && to.compare(one) > 0)
  return fitting.sort(Buffer.compare)[0]?.equals(form) === true
}
