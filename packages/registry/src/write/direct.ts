/** Registration without staging, as older clients do it: a session first, then jobs, artifacts and links, each seen at once. Public only. */
import type { ArtifactClaim, CompositeClaim, JobClaim, LinkClaim, Role, SessionClaim } from '../api/index.ts'
import type { Writer } from '../database/database.ts'
import { type Principal, requireRight } from '../identity/principal.ts'
import { publicRealm } from '../realm/realm.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { ArtifactRows } from './artifact-rows.ts'
import { type Destination, destinationOf, visibilities } from './destination.ts'
import { JobRows } from './job-rows.ts'
import { sessionRow } from './publish.ts'
import { storeArtifacts, storeJobs } from './store-rows.ts'

/** An anonymous session has no owner who could be asked: what is to be added comes soon, or not at all. */
const anonymousWindow = 86_400_000

export async function openDirect(registry: Registry, principal: Principal, claim: SessionClaim): Promise<boolean> {
  const to = await destinationOf(registry, principal, claim.scope_request, principal.account !== null)
  if (to.realm.keys)
    throw new Refusal('ROAR_REGISTRY_CONFLICT', 'A private session is registered by way of /registration-sessions.', {
      cause: 'Its name must not follow from its content.',
    })
  const row = sessionRow(registry, to, Buffer.from(claim.hash, 'hex'), claim, 0, true)
  return (await registry.database.write((tx) => registry.database.insertNew(tx, 'sessions', [row]))) === 1
}

/** The session, if the caller may add to it. */
async function ownDirect(registry: Registry, tx: Writer, principal: Principal, hash: string): Promise<Row<'sessions'>> {
  requireRight(principal, 'write')
  const row = await tx
    .selectFrom('sessions')
    .selectAll()
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .where('realm', '=', publicRealm.id)
    .executeTakeFirst()
  if (!row) throw notFound('session')
  const isOpen = row.direct === 1 && row.withdrawn_at === null
  const isOwn =
    row.account === null ? row.created_at > registry.now() - anonymousWindow : row.account === principal.account?.id
  if (!isOpen || !isOwn)
    throw new Refusal('ROAR_REGISTRY_CLOSED', 'Nothing can be added to this session by you, or any more.')
  return row
}

const destinationIn = (row: Row<'sessions'>): Destination => ({
  realm: publicRealm,
  scope: row.scope,
  visibility: visibilities[row.visibility] ?? 'anonymous',
  account: row.account,
})

export async function addDirectJobs(
  registry: Registry,
  principal: Principal,
  hash: string,
  jobs: readonly JobClaim[],
): Promise<{ ids: readonly string[]; created: number }> {
  return registry.database.write(async (tx) => {
    const session = await ownDirect(registry, tx, principal, hash)
    const to = destinationIn(session)
    const rows = new JobRows(to, new ArtifactRows(to, registry.now()), registry.now())
    const ids = jobs.map((job) => rows.add({ ...job, git_repo: job.git_repo ?? session.repository }, [], hash))
    const created = await storeJobs(registry, tx, rows)
    const links = jobs.map((job, at) => ({ session: session.hash, job: ids[at] as Buffer, step: job.step_number }))
    await registry.database.insertNew(tx, 'session_jobs', links)
    await countJobs(tx, session.hash)
    return { ids: ids.map((id) => id.toString('hex')), created }
  })
}

async function countJobs(tx: Writer, session: Buffer): Promise<void> {
  const count = await tx
    .selectFrom('session_jobs')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('session', '=', session)
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('sessions')
    .set({ jobs_count: Number(count.count) })
    .where('hash', '=', session)
    .execute()
}

export async function addDirectLinks(
  registry: Registry,
  principal: Principal,
  hash: string,
  uid: string,
  role: Role,
  links: readonly LinkClaim[],
): Promise<{ linked: number; artifacts: number }> {
  return registry.database.write(async (tx) => {
    const session = await ownDirect(registry, tx, principal, hash)
    const job = await tx
      .selectFrom('session_jobs')
      .innerJoin('jobs', 'jobs.id', 'session_jobs.job')
      .select('jobs.id')
      .where('session_jobs.session', '=', session.hash)
      .where('jobs.uid', '=', uid)
      .executeTakeFirst()
    if (!job) throw notFound('job')
    const to = destinationIn(session)
    const artifacts = new ArtifactRows(to, registry.now())
    const rows = new JobRows(to, artifacts, registry.now())
    const linked = rows.link(job.id, role, links)
    const added = await storeArtifacts(registry, tx, artifacts)
    await storeJobs(registry, tx, rows)
    return { linked, artifacts: added }
  })
}

export async function addDirectArtifacts(
  registry: Registry,
  principal: Principal,
  claims: readonly (ArtifactClaim | CompositeClaim)[],
): Promise<{ created: number; existing: number; ids: readonly string[] }> {
  return registry.database.write(async (tx) => {
    const ids: string[] = []
    let created = 0
    let total = 0
    for (const hash of new Set(claims.map((claim) => claim.session_hash ?? ''))) {
      const session = await ownDirect(registry, tx, principal, hash)
      const rows = new ArtifactRows(destinationIn(session), registry.now())
      for (const claim of claims) {
        if ((claim.session_hash ?? '') !== hash) continue
        const known = 'components' in claim ? rows.addComposite(claim) : rows.add(claim)
        ids.push(known.id.toString('hex'))
      }
      created += await storeArtifacts(registry, tx, rows)
      total += rows.artifacts.size
    }
    return { created, existing: total - created, ids }
  })
}
