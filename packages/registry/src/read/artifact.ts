/** Everything about one artifact: digests, claims, uses, labels, how often it was made again. */
import type { Artifact, ReproductionCount } from '../api/index.ts'
import type { Principal } from '../identity/principal.ts'
import { realmsOf } from '../identity/principal.ts'
import { parseReference } from '../realm/digest.ts'
import { artifactId, type Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import { pageUrl, type Registry } from '../registry.ts'
import { roles } from '../write/job-rows.ts'
import { artifactSummaries, isoTime } from './artifact-documents.ts'
import { type FoundArtifact, oneArtifact } from './find.ts'
import { jobSummary } from './job-documents.ts'
import { currentLabels } from './labels.ts'

type Use = Artifact['produced_by'][number]

const mostUses = 100

/** The ids that this content has in the realms of the caller. */
export function idsIn(principal: Principal, { row, realm: own }: FoundArtifact): readonly (readonly [Realm, Buffer])[] {
  if (row.algorithm === null || row.digest === null) return [[own, row.id]]
  const digest = { algorithm: row.algorithm, bytes: row.digest }
  return realmsOf(principal).map((realm) => [realm, artifactId(realm, digest)] as const)
}

export async function usesOf(
  registry: Registry,
  principal: Principal,
  found: FoundArtifact,
): Promise<{ produced_by: Use[]; consumed_by: Use[] }> {
  const uses = await Promise.all(idsIn(principal, found).map(([realm, id]) => usesIn(registry, realm, id)))
  const all = uses.flat().sort((a, b) => ((a.use.job.started_at ?? '') < (b.use.job.started_at ?? '') ? 1 : -1))
  const withRole = (role: string) => all.filter((one) => one.role === role).map((one) => one.use)
  return {
    produced_by: withRole('output').slice(0, mostUses),
    consumed_by: withRole('input').slice(0, mostUses),
  }
}

async function usesIn(registry: Registry, realm: Realm, id: Buffer): Promise<{ role: string; use: Use }[]> {
  const edges = await Promise.all(
    roles.map((_, role) =>
      registry.database.read
        .selectFrom('edges')
        .selectAll()
        .where('artifact', '=', id)
        .where('role', '=', role)
        .limit(mostUses)
        .execute(),
    ),
  )
  const rows = edges.flat()
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.job)
  const { read } = registry.database
  const jobs = await read.selectFrom('jobs').selectAll().where('id', 'in', ids).execute()
  const sessions = await read.selectFrom('session_jobs').selectAll().where('job', 'in', ids).execute()
  const jobOf = new Map(jobs.map((row) => [row.id.toString('latin1'), openRow(realm, 'jobs', row)]))
  const sessionOf = new Map(sessions.map((row) => [row.job.toString('latin1'), row.session.toString('hex')]))
  return rows.flatMap((sealed) => {
    const edge = openRow(realm, 'edges', sealed)
    const job = jobOf.get(edge.job.toString('latin1'))
    if (!job) return []
    const session = sessionOf.get(edge.job.toString('latin1')) ?? null
    return [{ role: roles[edge.role] as string, use: { job: jobSummary(job), path: edge.path, session } }]
  })
}

export async function artifactDocument(registry: Registry, principal: Principal, reference: string): Promise<Artifact> {
  const { read } = registry.database
  const { found, also } = await oneArtifact(read, principal, parseReference(reference))
  const [summary, ...others] = await artifactSummaries(read, [found, ...also])
  const { produced_by, consumed_by } = await usesOf(registry, principal, found)
  const origin = produced_by[0]?.session ?? consumed_by[0]?.session ?? null
  const short = summary as Artifact
  return {
    ...short,
    metadata: found.row.metadata,
    locations: await locationsOf(registry, found),
    produced_by,
    consumed_by,
    labels: await currentLabels(registry, found.realm, found.row.id),
    reproduction: await reproductionCount(registry, principal, found),
    also: [...others],
    url: pageUrl(registry, 'artifact', short.hash),
    registeredAt: isoTime(found.row.first_at),
    isComposite: short.kind === 'composite',
    originalSessionHash: origin,
  }
}

export async function locationsOf(registry: Registry, { row, realm }: FoundArtifact): Promise<Artifact['locations']> {
  const rows = await registry.database.read
    .selectFrom('locations')
    .selectAll()
    .where('artifact', '=', row.id)
    .limit(mostUses)
    .execute()
  return rows
    .map((one) => openRow(realm, 'locations', one))
    .flatMap(({ url, source_type }) => (url === null ? [] : [{ url, source_type }]))
}

export const verdicts = ['identical', 'content', 'tolerance', 'different', 'missing'] as const

async function reproductionCount(
  registry: Registry,
  principal: Principal,
  found: FoundArtifact,
): Promise<ReproductionCount> {
  const ids = idsIn(principal, found).map(([, id]) => id)
  const rows = await registry.database.read
    .selectFrom('receipts')
    .select((eb) => ['verdict', 'account', eb.fn.countAll<number>().as('count')])
    .where('target', 'in', ids)
    .groupBy(['verdict', 'account'])
    .execute()
  const count = (verdict: number) =>
    rows.filter((row) => row.verdict === verdict).reduce((sum, row) => sum + Number(row.count), 0)
  const [identical, content, tolerance, different, missing] = verdicts.map((_, at) => count(at)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return {
    total: identical + content + tolerance + different + missing,
    reproducers: new Set(rows.map((row) => row.account ?? 'anonymous')).size,
    identical,
    content,
    tolerance,
    different,
    missing,
  }
}
