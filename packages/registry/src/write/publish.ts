/** Publishes a staged registration: everything, in one transaction, or nothing. Done again, it gives the same answer. */
import type { Finalize, JobLinks, Published, Role } from '../api/index.ts'
import { turn, type Writer } from '../database/database.ts'
import type { Principal } from '../identity/principal.ts'
import { sealRow } from '../realm/sealed-rows.ts'
import { Refusal } from '../refusal.ts'
import { pageUrl, type Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { ArtifactRows } from './artifact-rows.ts'
import { type Destination, destinationOf, visibilityNumber } from './destination.ts'
import { identifySession } from './job-identity.ts'
import { JobRows, roles } from './job-rows.ts'
import { dropStaged, staged } from './staging.ts'
import { storeArtifacts, storeJobs } from './store-rows.ts'

const listedJobs = 10_000
/** Claims turned into rows between two turns of the event loop. */
const claimsAtOnce = 500

export async function publish(
  registry: Registry,
  principal: Principal,
  registration: Row<'registrations'>,
  request: Finalize,
): Promise<Published> {
  const to = await destinationOf(registry, principal, request.scope_request, registration.account !== null)
  return registry.database.write(async (tx) => {
    await close(tx, registration.id)
    const { artifacts, jobs } = await gather(registry, tx, registration.id, to, request)
    compareCounts(request.expected, artifacts, jobs)
    const newArtifacts = await storeArtifacts(registry, tx, artifacts)
    const newJobs = await storeJobs(registry, tx, jobs)
    const session = await storeSession(registry, tx, to, request, jobs)
    await dropStaged(tx, registration.id)
    const counts = {
      jobs: jobs.jobs.size,
      new_jobs: newJobs,
      artifacts: artifacts.artifacts.size,
      new_artifacts: newArtifacts,
      links: jobs.edges.size,
    }
    await tx
      .updateTable('registrations')
      .set({ session: session.hash, counts: JSON.stringify(counts) })
      .where('id', '=', registration.id)
      .execute()
    return publishedDocument(registry, registration.mode, session, counts, jobs.ids)
  })
}

async function close(tx: Writer, id: string): Promise<void> {
  const closed = await tx
    .updateTable('registrations')
    .set({ status: 'closed' })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .executeTakeFirst()
  if (closed.numUpdatedRows === 0n) throw new Refusal('ROAR_REGISTRY_CLOSED', 'This registration is published already.')
}

async function gather(
  registry: Registry,
  tx: Writer,
  id: string,
  to: Destination,
  request: Finalize,
): Promise<{ artifacts: ArtifactRows; jobs: JobRows }> {
  const at = registry.now()
  const artifacts = new ArtifactRows(to, at)
  for await (const claim of staged(registry, tx, id, 'artifact')) artifacts.add(claim)
  for await (const claim of staged(registry, tx, id, 'composite')) artifacts.addComposite(claim)
  for await (const list of staged(registry, tx, id, 'components')) artifacts.listMembers(list)
  artifacts.requireWholeLists()
  const byJob = new Map<string, JobLinks[]>()
  for await (const one of staged(registry, tx, id, 'links')) {
    const others = byJob.get(one.job_uid)
    if (others) others.push(one)
    else byJob.set(one.job_uid, [one])
  }
  const jobs = new JobRows(to, artifacts, at)
  let count = 0
  for await (const job of staged(registry, tx, id, 'job')) {
    jobs.add({ ...job, git_repo: job.git_repo ?? request.git_repo ?? null }, byJob.get(job.job_uid) ?? [])
    byJob.delete(job.job_uid)
    if (++count % claimsAtOnce === 0) await turn()
  }
  const [stray] = byJob.keys()
  if (stray !== undefined)
    throw new Refusal('ROAR_REGISTRY_INCOMPLETE', `There are links of a job '${stray}' that is not registered.`)
  return { artifacts, jobs }
}

function compareCounts(expected: Finalize['expected'], artifacts: ArtifactRows, jobs: JobRows): void {
  const found = {
    jobs: jobs.ids.size,
    artifacts: artifacts.artifacts.size,
    links: jobs.edges.size,
    inputs: contents(jobs, 'input'),
    outputs: contents(jobs, 'output'),
  }
  const differing = Object.entries(found).filter(([name, count]) => {
    const wanted = expected?.[name as keyof typeof found]
    return wanted !== undefined && wanted !== count
  })
  if (differing.length === 0) return
  throw new Refusal('ROAR_REGISTRY_INCOMPLETE', 'What has arrived is not what was announced: nothing is published.', {
    details: differing.map(
      ([name, count]) => `${name}: ${expected?.[name as keyof typeof found]} expected, ${count} here`,
    ),
    remedy: ['Send again what is missing, then finalize again.'],
  })
}

/** Different contents that jobs have read or written, whatever their paths: so do older clients count. */
function contents(jobs: JobRows, role: Role): number {
  const edges = [...jobs.edges.values()].filter((edge) => edge.role === roles.indexOf(role))
  return new Set(edges.map((edge) => edge.job.toString('latin1') + edge.artifact.toString('latin1'))).size
}

async function storeSession(
  registry: Registry,
  tx: Writer,
  to: Destination,
  request: Finalize,
  jobs: JobRows,
): Promise<{ hash: Buffer; created: boolean }> {
  const { git_repo = null, git_commit = null, git_branch = null } = request
  const ids = [...new Map([...jobs.ids.values()].map((id) => [id.toString('latin1'), id])).values()]
  const hash = identifySession(to.realm, {
    scope: to.scope,
    account: to.account,
    git: [git_repo, git_commit, git_branch],
    jobs: ids,
  })
  const row = sessionRow(registry, to, hash, request, ids.length, false)
  const added = await registry.database.insertNew(tx, 'sessions', [row])
  const links = ids.map((job) => ({ session: hash, job, step: jobs.steps.get(job.toString('latin1')) ?? 0 }))
  await registry.database.insertNew(tx, 'session_jobs', links)
  return { hash, created: added === 1 }
}

export function sessionRow(
  registry: Registry,
  to: Destination,
  hash: Buffer,
  git: Pick<Finalize, 'git_repo' | 'git_commit' | 'git_branch'>,
  jobs: number,
  direct: boolean,
): Row<'sessions'> {
  return sealRow(to.realm, 'sessions', {
    hash,
    realm: to.realm.id,
    scope: to.scope,
    visibility: visibilityNumber(to.visibility),
    account: to.account,
    repository: git.git_repo ?? null,
    revision: git.git_commit ?? null,
    branch: git.git_branch ?? null,
    sealed: null,
    jobs_count: jobs,
    direct: direct ? 1 : 0,
    created_at: registry.now(),
    withdrawn_at: null,
    withdrawn_reason: null,
  })
}

function publishedDocument(
  registry: Registry,
  mode: string,
  session: { hash: Buffer; created: boolean },
  counts: Published['counts'],
  jobs: ReadonlyMap<string, Buffer>,
): Published {
  const hash = session.hash.toString('hex')
  const url = pageUrl(registry, 'dag', hash)
  return {
    hash,
    session_hash: hash,
    published_session_hash: hash,
    url,
    session_url: url,
    created: session.created,
    status: 'closed',
    mode: mode as Published['mode'],
    counts,
    jobs: [...jobs].slice(0, listedJobs).map(([job_uid, id]) => ({ job_uid, id: id.toString('hex') })),
  }
}

/** The answer to who finalizes again, perhaps because the first answer was lost; the jobs are not listed another time. */
export function publishedBefore(registry: Registry, registration: Row<'registrations'>, session: Buffer): Published {
  const counts: Published['counts'] = JSON.parse(registration.counts ?? '{}')
  return publishedDocument(registry, registration.mode, { hash: session, created: false }, counts, new Map())
}
