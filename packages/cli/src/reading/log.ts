/** What `roar log` does, once its words are read. */
import { type JobQuery, type LogDocument, logDocument } from '@roar/core'
import type { Services } from '../composition/services.ts'
import type { Page } from '../output/page.ts'
import type { Report } from '../output/report.ts'
import { logView } from '../output/views/session.ts'
import { moment } from '../references/moment.ts'
import { wholeNumber } from '../references/number.ts'
import { flag, type Given, text } from '../words/options.ts'

export const logOptions = {
  all: flag('--all', 'the jobs of all sessions'),
  limit: text('-n,--limit', 'the newest N; 0 for all; default 50 for people, all with --json'),
  since: text('--since', 'started since: 2026-01-31, an ISO time, 90m, 12h, 3d'),
  grep: text('--grep', 'the command line or name contains this text'),
  failed: flag('--failed', 'ended with a failure'),
  builds: flag('--builds', 'build steps only'),
}

export interface LogQuestion extends Given<typeof logOptions> {
  /** Undefined: from a dirty work tree or a clean one. */
  readonly dirty?: boolean | undefined
}

export async function log(report: Report, services: Services, question: LogQuestion): Promise<void> {
  const store = await services.get('storeReader')
  const session = question.all ? null : await store.currentSession()
  const chosen = queryOf(question)
  const view = (page: Page, document: LogDocument): void => logView(page, document, Object.keys(chosen).length > 0)
  if (!question.all && session === null) return report.answer(logDocument(null, [], 0), view)
  const query = { ...chosen, ...(session && { session: session.id }) }
  const limit = question.limit === undefined ? (report.json ? 0 : 50) : wholeNumber('-n', question.limit)
  const newest = await store.jobs(limit === 0 ? query : { ...query, limit })
  const total = limit === 0 || newest.length < limit ? newest.length : await store.countJobs(query)
  report.answer(logDocument(session, newest.toReversed(), total), view)
}

const queryOf = ({ since, grep, dirty, failed, builds }: LogQuestion): JobQuery => ({
  ...(since !== undefined && { since: moment(since) }),
  ...(grep !== undefined && { grep }),
  ...(dirty !== undefined && { dirty }),
  ...(failed && { status: 'failed' as const }),
  ...(builds && { kind: 'build' as const }),
})
