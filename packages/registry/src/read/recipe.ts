/** How something can be made again: the jobs upstream of it, in an order in which they can run, and the inputs that none of them makes. */
import type { JobEdge, Recipe, Step } from '../api/index.ts'
import type { Principal } from '../identity/principal.ts'
import { digestText, parseReference } from '../realm/digest.ts'
import { pageUrl, type Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { visibilities } from '../write/destination.ts'
import { locationsOf } from './artifact.ts'
import { artifactSummaries, isoTimeOrNull } from './artifact-documents.ts'
import { type FoundArtifact, findMany } from './find.ts'
import { artifactOrHolder, type Holder } from './holders.ts'
import { edgesOf, edgesWithRole, jobFacts } from './job-documents.ts'
import { contentOf, inRunningOrder } from './running-order.ts'
import { sessionJobs, visibleSession } from './sessions.ts'
import { contentName, Walk, type WalkedJob } from './walk.ts'

/** Deeper than any pipeline; the number of steps is the limit that counts. */
const depth = 10_000

type MadeBy = Pick<WalkedJob, 'row' | 'realm'>

export async function artifactRecipe(registry: Registry, principal: Principal, reference: string): Promise<Recipe> {
  const query = parseReference(reference)
  const { found: first, member: asked } = await artifactOrHolder(registry.database.read, principal, query)
  const alone = await jobsUpstream(registry, principal, first)
  // What somebody has only used may have been made as a member of something.
  const holder = asked ? undefined : alone.members.get(contentName(first))
  const found = holder ?? first
  const { jobs, truncated, members } = alone
  const steps = await stepsOf(registry, jobs)
  const last = steps.at(-1)
  const text = found.row.algorithm && found.row.digest
  const hash = text ? digestText({ algorithm: found.row.algorithm as string, bytes: found.row.digest as Buffer }) : null
  return recipe(
    registry,
    principal,
    steps,
    { truncated, members },
    {
      hash,
      algorithm: found.row.algorithm,
      member: holder?.member ?? asked,
      sessionHash: null,
      gitRepo: last?.gitRepo ?? null,
      gitCommit: last?.gitCommit ?? null,
      gitBranch: last?.gitBranch ?? null,
      url: pageUrl(registry, 'artifact', hash ?? reference),
    },
  )
}

async function jobsUpstream(registry: Registry, principal: Principal, found: FoundArtifact) {
  const limit = registry.settings.limits.lineageNodes
  const walk = new Walk(registry.database.read, principal, [found], { depth, direction: 'up', limit, documents: true })
  const jobs: MadeBy[] = []
  for await (const level of walk.levels()) jobs.push(...level.jobs)
  return { jobs, truncated: walk.truncated, members: walk.members }
}

export async function sessionRecipe(registry: Registry, principal: Principal, hash: string): Promise<Recipe> {
  const { row, realm } = await visibleSession(registry, principal, hash)
  const jobs = await sessionJobs(registry, realm, row.hash)
  const steps = await stepsOf(
    registry,
    jobs.map((job) => ({ row: job, realm })),
  )
  return recipe(
    registry,
    principal,
    steps,
    { truncated: false, members: new Map() },
    {
      hash: null,
      algorithm: null,
      member: null,
      sessionHash: hash,
      gitRepo: row.repository,
      gitCommit: row.revision,
      gitBranch: row.branch,
      url: pageUrl(registry, 'dag', hash),
    },
  )
}

interface Walked {
  readonly truncated: boolean
  readonly members: Walk['members']
}

async function recipe(
  registry: Registry,
  principal: Principal,
  steps: readonly Step[],
  { truncated, members }: Walked,
  about: Omit<Recipe, 'schema' | 'jobs' | 'sources' | 'incomplete'>,
): Promise<Recipe> {
  const most = registry.settings.limits.recipeSteps
  const wholes = new Map([...members].map(([name, holder]) => [name, contentName(holder)]))
  const ordered = inRunningOrder(steps, wholes)
  return {
    schema: 'roar.recipe/1',
    ...about,
    jobs: ordered.slice(0, most),
    sources: await sourcesOf(registry, principal, ordered, members),
    incomplete: truncated || ordered.length > most || ordered.some((step) => step.withdrawn),
  }
}

async function stepsOf(registry: Registry, jobs: readonly MadeBy[]): Promise<readonly Step[]> {
  const byRealm = new Map(jobs.map(({ realm }) => [realm.id, realm]))
  const steps: Step[] = []
  for (const realm of byRealm.values()) {
    const rows = jobs.filter((job) => job.realm.id === realm.id).map((job) => job.row)
    const edges = await edgesOf(registry.database.read, realm, rows)
    for (const row of rows) steps.push(step(row, edges.get(row.id.toString('hex')) ?? []))
  }
  return steps
}

function step(row: Row<'jobs'>, edges: readonly JobEdge[]): Step {
  const { argv, cwd, name, metadata, record } = jobFacts(row)
  return {
    id: row.id.toString('hex'),
    jobUid: row.uid ?? row.id.toString('hex').slice(0, 8),
    jobType: row.kind ?? 'run',
    stepNumber: row.step,
    command: row.command,
    argv,
    cwd,
    name,
    gitRepo: row.repository,
    gitCommit: row.revision,
    gitBranch: row.branch,
    dirty: row.dirty === 1,
    exitCode: row.exit_code,
    startedAt: isoTimeOrNull(row.started_at),
    durationSeconds: row.duration_ms === null ? null : row.duration_ms / 1000,
    metadata,
    record,
    withdrawn: row.withdrawn_at !== null,
    visibility: visibilities[row.visibility] ?? 'private',
    inputs: edgesWithRole(edges, 'input'),
    outputs: edgesWithRole(edges, 'output'),
  }
}

async function sourcesOf(
  registry: Registry,
  principal: Principal,
  steps: readonly Step[],
  members: Walk['members'],
): Promise<Recipe['sources']> {
  const made = new Set(steps.flatMap((one) => one.outputs.map(contentOf)))
  const inputs = new Map<string, JobEdge[]>()
  for (const edge of steps.flatMap((one) => one.inputs)) {
    const content = contentOf(edge)
    if (content && !made.has(content)) inputs.set(content, [...(inputs.get(content) ?? []), edge])
  }
  const queries = [...inputs.keys()].map(parseReference)
  const found = await findMany(registry.database.read, principal, queries)
  const artifacts = queries.map((query) => found.get(query))
  const known = artifacts.filter((one): one is FoundArtifact => one !== undefined)
  const summaries = await artifactSummaries(registry.database.read, known)
  const hashes = new Map(known.map((one, at) => [one, summaries[at]?.hashes ?? []]))
  return Promise.all(
    [...inputs.values()].map(async (edges, at) => {
      const artifact = artifacts[at]
      const [first] = edges as [JobEdge]
      const digests = artifact ? (hashes.get(artifact) ?? []) : []
      return {
        hash: first.hash as string,
        algorithm: first.algorithm as string,
        digests: Object.fromEntries(digests.map(({ algorithm, digest }) => [algorithm, digest])),
        size: first.size,
        paths: [...new Set(edges.flatMap((edge) => (edge.path === null ? [] : [edge.path])))],
        locations: artifact ? (await locationsOf(registry, artifact)).map(({ url }) => url) : [],
        sourced: first.sourced,
        member_of: holderOf(members, artifact),
      }
    }),
  )
}

function holderOf(members: Walk['members'], file: FoundArtifact | undefined): Recipe['sources'][number]['member_of'] {
  const holder: Holder | undefined = file && members.get(contentName(file))
  return holder ? { hash: contentName(holder), path: holder.member.path } : null
}
