/** Everything about one artifact: digests, claims, uses, labels, how often it was made again. */
import type { Artifact, ReproductionCount } from '../api/index.ts'
import type { Reader } from '../database/database.ts'
import type { Principal } from '../identity/principal.ts'
import { realmsOf } from '../identity/principal.ts'
import { parseReference } from '../realm/digest.ts'
import { artifactId, type Realm } from '../realm/realm.ts'
import { openRow } from '../realm/sealed-rows.ts'
import { pageUrl, type Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { roles } from '../write/job-rows.ts'
import { artifactSummaries, isoTime } from './artifact-documents.ts'
import { chunks } from './chunks.ts'
import type { FoundArtifact } from './find.ts'
import { artifactOrHolder } from './holders.ts'
import { jobColumns, jobSummary } from './job-documents.ts'
import { currentLabels } from './labels.ts'
import { keeperOf } from './passages.ts'
import { executionOf } from './twins.ts'

type Use = Artifact['produced_by'][number]

/** What a job has kept it did not read. */
type UseRole = 'output' | 'input' | 'kept'

const mostUses = 100
/** An engine joins only so many questions to one. */
const idsAtOnce = 100

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
): Promise<{ produced_by: Use[]; consumed_by: Use[]; kept_by: Use[] }> {
  const uses = await usesIn(registry, idsIn(principal, found))
  const all = [...uses].sort((a, b) => ((a.use.job.started_at ?? '') < (b.use.job.started_at ?? '') ? 1 : -1))
  const having = (role: UseRole) =>
    all
      .filter((one) => one.role === role)
      .map((one) => one.use)
      .slice(0, mostUses)
  return { produced_by: having('output'), consumed_by: having('input'), kept_by: having('kept') }
}

/** The edges of one artifact in one role, with their jobs and one session of each. The jobs' documents stay where they are. */
function touching(read: Reader, artifact: Buffer, role: number) {
  const edges = read
    .selectFrom('edges')
    .innerJoin('jobs', 'jobs.id', 'edges.job')
    .select(jobColumns)
    .select(['edges.job', 'edges.role', 'edges.artifact', 'edges.place', 'edges.path'])
    .select(['edges.sealed as edge_sealed', 'edges.document as edge_document'])
    .select((eb) =>
      eb
        .selectFrom('session_jobs')
        .select('session')
        .whereRef('session_jobs.job', '=', 'edges.job')
        .limit(1)
        .as('session'),
    )
    .where('edges.artifact', '=', artifact)
    .where('edges.role', '=', role)
    .limit(mostUses)
  return read.selectFrom(edges.as('touching')).selectAll()
}

async function usesIn(
  registry: Registry,
  ids: readonly (readonly [Realm, Buffer])[],
): Promise<{ role: UseRole; use: Use }[]> {
  const { read } = registry.database
  // In the order of the realms: an execution that is in several is shown as it is in the last.
  const uses = new Map<string, { realm: number; role: UseRole; use: Use }[]>()
  for (const some of chunks(ids, idsAtOnce)) {
    const [first, ...others] = some.flatMap(([, id]) => roles.map((_, role) => touching(read, id, role)))
    const rows = await others.reduce((all, one) => all.unionAll(one), first as ReturnType<typeof touching>).execute()
    const realms = new Map(some.map(([realm, id]) => [id.toString('latin1'), realm]))
    for (const { session, edge_sealed, edge_document, path, ...row } of rows) {
      const realm = realms.get(row.artifact.toString('latin1')) as Realm
      const edge = openRow(realm, 'edges', { ...row, path, document: edge_document, sealed: edge_sealed })
      const opened = openRow(realm, 'jobs', { ...row, document: null } as Row<'jobs'>)
      const use = { job: jobSummary(opened), path: edge.path, session: session?.toString('hex') ?? null }
      const role = roles[row.role] === 'output' ? 'output' : keeperOf(edge) === '' ? 'input' : 'kept'
      const name = JSON.stringify([executionOf(opened) ?? use.job.id, role])
      const known = (uses.get(name) ?? []).filter((one) => one.realm === realm.id)
      uses.set(name, [...known, { realm: realm.id, role, use }])
    }
  }
  return [...uses.values()].flat()
}

export async function artifactDocument(registry: Registry, principal: Principal, reference: string): Promise<Artifact> {
  const { read } = registry.database
  const { found, also, member } = await artifactOrHolder(read, principal, parseReference(reference))
  // Together: a look-up takes two turns, the digest's and this one.
  const [summaries, { produced_by, consumed_by, kept_by }, locations, labels, reproduction] = await Promise.all([
    artifactSummaries(read, [found, ...also]),
    usesOf(registry, principal, found),
    locationsOf(registry, found),
    currentLabels(registry, found.realm, found.row.id),
    reproductionCount(registry, principal, found),
  ])
  const [summary, ...others] = summaries
  const origin = produced_by[0]?.session ?? consumed_by[0]?.session ?? null
  const short = summary as Artifact
  return {
    ...short,
    metadata: found.row.metadata,
    locations,
    produced_by,
    consumed_by,
    kept_by,
    labels,
    reproduction,
    also: [...others],
    member,
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
