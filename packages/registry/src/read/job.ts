/** One job, with everything that is known of it. */
import type { Job } from '../api/index.ts'
import { type Principal, realmById, realmIds } from '../identity/principal.ts'
import { openRow } from '../realm/sealed-rows.ts'
import { notFound } from '../refusal.ts'
import { pageUrl, type Registry } from '../registry.ts'
import { visibilities } from '../write/destination.ts'
import { edgesOf, edgesWithRole, jobFacts, jobSummary } from './job-documents.ts'
import { currentLabels } from './labels.ts'

export async function jobDocument(registry: Registry, principal: Principal, id: string): Promise<Job> {
  const { read } = registry.database
  const stored = await read
    .selectFrom('jobs')
    .selectAll()
    .where('id', '=', Buffer.from(id, 'hex'))
    .where('realm', 'in', realmIds(principal))
    .executeTakeFirst()
  const realm = stored ? realmById(principal, stored.realm) : null
  if (!stored || !realm) throw notFound('job')
  const row = openRow(realm, 'jobs', stored)
  const sessions = await read
    .selectFrom('session_jobs')
    .select('session')
    .where('job', '=', row.id)
    .limit(100)
    .execute()
  const edges = (await edgesOf(read, realm, [row])).get(id) ?? []
  return {
    ...jobSummary(row),
    ...jobFacts(row),
    sessions: sessions.map(({ session }) => session.toString('hex')),
    visibility: visibilities[row.visibility] ?? 'private',
    labels: await currentLabels(registry, realm, row.id),
    inputs: edgesWithRole(edges, 'input'),
    outputs: edgesWithRole(edges, 'output'),
    url: pageUrl(registry, 'job', id),
  }
}
