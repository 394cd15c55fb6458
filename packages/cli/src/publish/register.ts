/** Publishes the lineage of a reference, step by step; what could be refused is refused before anything has left the machine. */
import { type Digests, type PublicationScope, type Published, RoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import { count } from '../output/humane.ts'
import type { Report } from '../output/report.ts'
import type { Reference } from '../references/reference.ts'
import { type Connection, connectRegistry } from '../registry/connect-registry.ts'
import { collect } from './collect.ts'
import { requireConsent } from './consent.ts'
import { requireCleanJobs } from './dirty-rule.ts'
import { storeJournal } from './journal.ts'
import { type Prepared, preparePublication } from './publication.ts'
import { publishedLabels } from './published-labels.ts'
import { type RegisterDocument, registerDocument } from './register-document.ts'
import type { RegisterFacts, RegisterRequest } from './register-facts.ts'
import { RegisterProgressLine } from './register-progress.ts'
import { planTags, type TagPlan, type TagReport, type TagRequest, tagCommits, taggedAt } from './tag-commits.ts'
import { withAddresses } from './tagged-addresses.ts'
import { findPublished } from './target.ts'
import { requireUnchanged } from './unchanged.ts'

export async function register(
  services: Services,
  request: RegisterRequest,
  report: Report,
): Promise<RegisterDocument> {
  const config = await services.get('config')
  const scope = request.scope ?? (config.get('scope.mode') as PublicationScope)
  const connection = request.dryRun ? null : await ready(services, request, scope)
  const target = await findPublished(services, request.ref)
  const store = await services.get('storeReader')
  await requireUnchanged(services, target)
  const collected = await collect(store, target, request.ref, request.dirty === 'drop')
  const rule = request.dirty === 'refuse' && config.get('git.require_clean')
  if (request.dirty !== 'drop') requireCleanJobs(collected.dirty, rule)
  const progress = new RegisterProgressLine(report.quiet || report.json)
  const rules = { names: config.get('redact.names'), keep: config.get('redact.keep') }
  const recorded = await preparePublication({
    ...{ store, scope, jobs: collected.jobs, reached: collected.reached, target: digestOf(target) },
    from: { home: services.get('env').HOME ?? '', root: (await services.get('workspace')).root },
    labels: await publishedLabels(store, collected, target.is === 'session' ? target.session.id : null),
    rules,
    onProgress: (jobs) => progress.reading(jobs, collected.jobs.length),
  })
  progress.clear()
  const asked = await tagRequest(services, request, collected.session, recorded.states)
  const plan = await planTags(asked)
  const prepared = withAddresses(recorded, taggedAt(plan), rules)
  const facts = { request, scope, collected, prepared, url: connection?.url ?? addressOr(config) }
  if (connection === null) return registerDocument({ ...facts, tags: await tag(plan, asked, report), published: null })
  if (scope === 'anonymous') await requireConsent({ ...request, text: question(facts) })
  const tags = await tag(plan, asked, report)
  const published = await send(services, connection, prepared, progress)
  return registerDocument({ ...facts, tags, published })
}

const addressOr = (config: { get(key: 'registry.url'): string }): string | null => config.get('registry.url') || null

/** Asked before anything is read, tagged or pushed: is the registry there, and does it know us where it must? */
async function ready(services: Services, request: RegisterRequest, scope: PublicationScope): Promise<Connection> {
  const connection = await connectRegistry(services, request.registry)
  await connection.registry.health()
  if (scope === 'anonymous') return connection
  const identity = await connection.registry.accounts?.whoAmI()
  if (identity?.authenticated) return connection
  throw new RoarError('ROAR_LOGIN_NEEDED', `Publishing to the scope ${scope} needs a login at ${connection.url}.`, {
    remedy: [
      'roar login',
      'ROAR_TOKEN=… in the environment, for build servers',
      '--anonymous publishes without a name',
    ],
  })
}

async function tagRequest(
  services: Services,
  { remote, dryRun, interactive }: RegisterRequest,
  session: string,
  states: TagRequest['states'],
): Promise<TagRequest> {
  const config = await services.get('config')
  const { root } = await services.get('workspace')
  const policy = config.get('git.push_tags') as TagReport['policy']
  return { session, states, policy, remote, root, env: services.get('env'), dryRun, interactive }
}

async function tag(plan: TagPlan, asked: TagRequest, report: Report): Promise<TagReport> {
  const tags = await tagCommits(plan, asked)
  for (const { name, others = [] } of tags.remotes)
    if (others.length > 0)
      report.warn(
        visible(`the tags go to ${name}, though ${others.join(', ')} could be meant: --remote ${others[0]} chooses it`),
      )
  return tags
}

function question({ prepared, url }: RegisterFacts): string {
  const { jobs, artifacts, members } = prepared.publication.counts
  const names = members > 0 ? `, with the names of ${count(members, 'member')} of data sets,` : ''
  return `${url}: ${count(jobs, 'job')} and ${count(artifacts, 'artifact')}${names} become readable by everybody, without a name and for good. Publish?`
}

async function send(
  services: Services,
  { registry, url }: Connection,
  { publication }: Prepared,
  progress: RegisterProgressLine,
): Promise<Published> {
  const journal = storeJournal(await services.get('storeWriter'), url)
  try {
    const published = await registry.register(publication, {
      journal,
      onProgress: (state) => progress.sending(state, publication.counts),
    })
    await journal.finish(publication.id, published)
    return published
  } finally {
    progress.clear()
  }
}

/** Of the file or artifact that was named. */
function digestOf(reference: Reference): string | null {
  if (reference.is === 'artifact') return shown(reference.artifact.digests)
  if (reference.is !== 'path') return null
  return shown(reference.uses.find((use) => use.role === 'output')?.artifact?.digests ?? {})
}

const shown = (digests: Digests): string | null => digests.blake3 ?? Object.values(digests)[0] ?? null
