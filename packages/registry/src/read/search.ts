/**
 * Jobs by exact facts (repository, commit, format, label) and by words of the command, through keyed terms, which work alike in every realm. A
 * question looks at so many jobs and no more: then the page ends early, and its cursor goes on from there.
 */
import type { JobSummary } from '../api/index.ts'
import { turn } from '../database/database.ts'
import { type Principal, realmsOf } from '../identity/principal.ts'
import { wordsOf } from '../realm/command-words.ts'
import type { Realm } from '../realm/realm.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { visibilities } from '../write/destination.ts'
import { type Candidate, candidatesIn, type JobQuestion, type Position } from './candidates.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { jobSummary } from './job-documents.ts'
import { foundAgain } from './twins.ts'

type Found = JobSummary & { visibility: (typeof visibilities)[number] }

/** Looked at for one page. */
const mostLookedAt = 20_000
const rowsAtOnce = 1000

export async function searchJobs(
  registry: Registry,
  principal: Principal,
  question: JobQuestion,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Found[]; next: string | null }> {
  const start: Position = page.cursor ? readCursor(page.cursor) : [Number.MAX_SAFE_INTEGER, Buffer.alloc(0)]
  const fits = predicate(question)
  const items: Found[] = []
  let at = start
  // Mostly all of them fit, and a page needs no more; where they do not, the next steps are larger.
  let atOnce = Math.min(rowsAtOnce, page.limit)
  for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += atOnce, atOnce = rowsAtOnce) {
    const rows = await candidates(registry, realmsOf(principal), question, at, atOnce)
    const fitting = rows.flatMap(({ row }) => (row !== null && fits(row) ? [row] : []))
    const again = await foundAgain(registry.database.read, principal, fitting, { fits, label: question.label })
    for (const { row, position } of rows) {
      at = position
      if (row === null || !fits(row) || again.has(row.id.toString('hex'))) continue
      items.push({ ...jobSummary(row), visibility: visibilities[row.visibility] ?? 'private' })
      if (items.length === page.limit) return { items, next: writeCursor(...at) }
    }
    if (rows.length < atOnce) return { items, next: null }
    await turn()
  }
  return { items, next: writeCursor(...at) }
}

function predicate(question: JobQuestion): (row: Row<'jobs'>) => boolean {
  const asked = question.command?.toLowerCase() ?? ''
  const words = wordsOf(asked)
  const since = time(question.since) ?? Number.NEGATIVE_INFINITY
  const until = time(question.until) ?? Number.POSITIVE_INFINITY
  return (row) => {
    const started = row.started_at ?? row.first_at
    if (row.withdrawn_at !== null || started < since || started > until) return false
    if (question.repository && row.repository !== question.repository) return false
    if (question.commit && !row.revision?.startsWith(question.commit)) return false
    const command = row.command ?? ''
    if (words.length === 0) return command.toLowerCase().includes(asked)
    const own = new Set(wordsOf(command))
    return words.every((word) => own.has(word))
  }
}

function time(text: string | undefined): number | null {
  if (text === undefined) return null
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new Refusal('ROAR_REGISTRY_INVALID', `'${text}' is no time.`)
  return at
}

/** Behind `at`, of every realm together. */
async function candidates(
  registry: Registry,
  realms: readonly Realm[],
  question: JobQuestion,
  at: Position,
  limit: number,
): Promise<readonly Candidate[]> {
  const found = await Promise.all(realms.map((realm) => candidatesIn(registry, realm, question, at, limit)))
  return found
    .flat()
    .sort((a, b) => b.position[0] - a.position[0] || Buffer.compare(b.position[1], a.position[1]))
    .slice(0, limit)
}
