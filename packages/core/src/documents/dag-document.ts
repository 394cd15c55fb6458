/** `roar.dag/1`: jobs and artifacts as nodes, uses as edges, as they were recorded; with what is stale, superseded or dirty. */
import { display } from '../byte-path.ts'
import { type GraphEdge, type Staleness, type StaleReason, staleness } from '../graph/staleness.ts'
import type { GraphRows, JobRow } from '../store.ts'
import { jobSummary } from './job-document.ts'
import { type PathFields, pathFields } from './path-fields.ts'
import { stepName } from './step-name.ts'

export type DagDocument = ReturnType<typeof dagDocument>
export type DagNode = ReturnType<typeof jobNode> | ArtifactNode

export interface ArtifactNode extends Partial<PathFields> {
  readonly id: string
  readonly type: 'artifact'
  readonly digest: string | null
  /** Of the newest job that made it; null when no job did. */
  readonly step: string | null
  readonly path: string
  readonly paths: readonly string[]
  readonly size: number | null
  readonly kind: 'file' | 'composite'
  /** Of a composite: how it was recognised, and how many files it is. */
  readonly format: string | null
  readonly members: number | null
  readonly stale: boolean
  readonly superseded: boolean
  readonly dirty: boolean
  readonly code: boolean
}

export interface DagOptions {
  readonly session: string
  readonly staleOnly?: boolean
  /** Computed from more rows than are shown, where only a part is shown. */
  readonly staleness?: Staleness
}

export function dagDocument(rows: GraphRows, options: DagOptions) {
  const { schema, session, nodes, edges } = dagInParts(rows, options)
  return { schema, session, nodes: [...nodes], edges: [...edges] }
}

/** The same, but that nodes and edges are made while they are gone through, once. */
export function dagInParts(rows: GraphRows, options: DagOptions) {
  const state = options.staleness ?? staleness(rows)
  const schema = 'roar.dag/1' as const
  if (!options.staleOnly) return { schema, session: options.session, nodes: nodesOf(rows, state), edges: edgesOf(rows) }
  const nodes = [...nodesOf(rows, state)].filter((node) => node.stale)
  const ids = new Set(nodes.map((node) => node.id))
  const edges = [...edgesOf(rows)].filter((edge) => ids.has(edge.from) && ids.has(edge.to))
  return { schema, session: options.session, nodes, edges }
}

function* nodesOf(rows: GraphRows, state: Staleness): Generator<DagNode> {
  for (const job of rows.jobs) yield jobNode(job, state)
  yield* artifactNodes(rows, state)
}

export const staleText = (reason: StaleReason): string =>
  reason.because === 'input'
    ? `${display(reason.path)} was made anew by ${stepName(reason.by)}`
    : `${stepName(reason.step)} is stale`

function jobNode(job: JobRow, state: Staleness) {
  const reason = state.stale.get(job.id)
  return {
    ...jobSummary(job),
    id: `job:${job.uid}`,
    type: 'job' as const,
    stale: reason !== undefined,
    stale_because: reason ? staleText(reason) : null,
    superseded: state.superseded.has(job.id),
  }
}

/** A content without a digest is known by its path alone. */
export const artifactId = (edge: GraphEdge): string =>
  edge.digest === null ? `artifact:path:${display(edge.path)}` : `artifact:${edge.digest}`

function* artifactNodes(rows: GraphRows, state: Staleness): Generator<ArtifactNode> {
  const jobs = new Map(rows.jobs.map((job) => [job.id, job]))
  // Mostly one: a list each would take as much as the edges.
  const uses = new Map<string, GraphEdge | GraphEdge[]>()
  for (const edge of rows.edges) {
    const key = edge.digest ?? artifactId(edge)
    const known = uses.get(key)
    if (known === undefined) uses.set(key, edge)
    else if (Array.isArray(known)) known.push(edge)
    else uses.set(key, [known, edge])
  }
  for (const found of uses.values()) {
    const edges = Array.isArray(found) ? found : [found]
    yield artifactNode(artifactId(edges[0] as GraphEdge), edges, jobs, state)
  }
}

function artifactNode(
  id: string,
  edges: readonly GraphEdge[],
  jobs: ReadonlyMap<number, JobRow>,
  state: Staleness,
): ArtifactNode {
  const first = edges[0] as GraphEdge
  const makers = edges
    .flatMap((edge) => (edge.role === 'output' ? (jobs.get(edge.job) ?? []) : []))
    .sort((a, b) => b.id - a.id)
  const [maker] = makers
  return {
    id,
    type: 'artifact',
    digest: first.digest,
    step: maker ? stepName(maker.step) : null,
    ...pathFields(first.path),
    paths: [...new Set(edges.map((edge) => display(edge.path)))],
    size: first.size,
    kind: first.kind ?? 'file',
    format: first.format ?? null,
    members: first.members ?? null,
    stale: maker !== undefined && state.stale.has(maker.id),
    superseded: maker
      ? makers.every((job) => state.superseded.has(job.id))
      : edges.every((edge) => replaced(edge, state)),
    dirty: maker?.dirty ?? false,
    code: edges.every((edge) => edge.code),
  }
}

/** Its path has been written again since, with other bytes. */
const replaced = (edge: GraphEdge, state: Staleness): boolean => {
  const now = state.newest.get(edge.path)
  return now !== undefined && now.job.id > edge.job && now.digest !== null && now.digest !== edge.digest
}

function* edgesOf(rows: GraphRows) {
  const uids = new Map(rows.jobs.map((job) => [job.id, `job:${job.uid}`]))
  for (const edge of rows.edges) {
    const job = uids.get(edge.job) as string
    const ends = edge.role === 'input' ? { from: artifactId(edge), to: job } : { from: job, to: artifactId(edge) }
    yield Object.assign(ends, pathFields(edge.path), { role: edge.role })
  }
}
