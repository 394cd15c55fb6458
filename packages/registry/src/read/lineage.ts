/** A lineage as one document, or as a stream of its parts. */
import type { Lineage, LineageEdge, LineageNode } from '../api/index.ts'
import type { Principal } from '../identity/principal.ts'
import { parseReference } from '../realm/digest.ts'
import type { Registry } from '../registry.ts'
import { usesOf } from './artifact.ts'
import { artifactSummaries } from './artifact-documents.ts'
import type { FoundArtifact } from './find.ts'
import { artifactOrHolder } from './holders.ts'
import { jobSummary } from './job-documents.ts'
import { type Level, Walk } from './walk.ts'
import type { WalkOptions } from './walk-rows.ts'

export interface LineageRequest {
  readonly depth: number
  readonly direction: 'up' | 'down' | 'both'
  readonly limit: number
}

export type LineagePart =
  | { readonly node: LineageNode }
  | { readonly edge: LineageEdge }
  | { readonly end: { readonly truncated: boolean; readonly frontier: readonly string[] } }

const mostFrontier = 1000

export async function rootsOf(registry: Registry, principal: Principal, reference: string) {
  const { found } = await artifactOrHolder(registry.database.read, principal, parseReference(reference))
  return found
}

/** The parts, level by level. */
export async function* lineageParts(
  registry: Registry,
  principal: Principal,
  root: FoundArtifact,
  request: LineageRequest,
): AsyncGenerator<LineagePart> {
  const directions = request.direction === 'both' ? (['up', 'down'] as const) : ([request.direction] as const)
  const seen = new Set<string>()
  let truncated = false
  const frontier: string[] = []
  for (const direction of directions) {
    const walk = new Walk(registry.database.read, principal, [root], { ...request, direction } satisfies WalkOptions)
    for await (const levels of joined(walk.levels())) {
      for (const node of await nodesOf(registry, levels)) {
        if (seen.has(node.id)) continue
        seen.add(node.id)
        yield { node }
      }
      for (const edge of levels.edges) yield { edge: edgeDocument(edge) }
      for (const one of levels.members) yield { edge: memberEdge(one) }
    }
    truncated ||= walk.truncated
    if (walk.truncated) frontier.push(...walk.frontier.map((one) => one.name))
  }
  yield { end: { truncated, frontier: frontier.slice(0, mostFrontier) } }
}

const artifactsAtOnce = 500

/** Narrow levels together: the digests of what is on them are one question. */
async function* joined(levels: AsyncIterable<Level>): AsyncGenerator<Level> {
  let some = {
    jobs: [] as Level['jobs'][number][],
    artifacts: [] as Level['artifacts'][number][],
    edges: [] as Level['edges'][number][],
    members: [] as Level['members'][number][],
  }
  for await (const level of levels) {
    for (const one of level.jobs) some.jobs.push(one)
    for (const one of level.artifacts) some.artifacts.push(one)
    for (const one of level.edges) some.edges.push(one)
    for (const one of level.members) some.members.push(one)
    if (some.artifacts.length < artifactsAtOnce) continue
    yield some
    some = { jobs: [], artifacts: [], edges: [], members: [] }
  }
  yield some
}

async function nodesOf(registry: Registry, level: Level): Promise<readonly LineageNode[]> {
  const summaries = await artifactSummaries(registry.database.read, level.artifacts)
  const artifacts = level.artifacts.map((one, at): LineageNode => {
    const summary = summaries[at] as (typeof summaries)[number]
    return { type: 'artifact', depth: one.depth, ...summary, id: `artifact:${one.name}` }
  })
  const jobs = level.jobs.map(({ row, depth }): LineageNode => {
    const summary = jobSummary(row)
    return { type: 'job', depth, ...summary, id: `job:${summary.id}` }
  })
  return [...jobs, ...artifacts].sort((a, b) => a.depth - b.depth)
}

function edgeDocument({ job, artifact, role, path }: Level['edges'][number]): LineageEdge {
  const ends = [`artifact:${artifact}`, `job:${job}`] as const
  return role === 'input' ? { from: ends[0], to: ends[1], path, role } : { from: ends[1], to: ends[0], path, role }
}

const memberEdge = ({ composite, artifact, path }: Level['members'][number]): LineageEdge => ({
  ...{ from: `artifact:${composite}`, to: `artifact:${artifact}`, path, role: 'member' },
})

export async function lineageDocument(
  registry: Registry,
  principal: Principal,
  root: FoundArtifact,
  request: LineageRequest,
): Promise<Lineage> {
  const nodes: LineageNode[] = []
  const edges: LineageEdge[] = []
  let end = { truncated: false, frontier: [] as readonly string[] }
  for await (const part of lineageParts(registry, principal, root, request)) {
    if ('node' in part) nodes.push(part.node)
    else if ('edge' in part) edges.push(part.edge)
    else end = part.end
  }
  const [artifact] = await artifactSummaries(registry.database.read, [root])
  const { produced_by, consumed_by } = await usesOf(registry, principal, root)
  const producer = produced_by[0]
  return {
    schema: 'roar.lineage/1',
    root: nodes[0]?.id ?? '',
    nodes,
    edges,
    truncated: end.truncated,
    frontier: [...end.frontier],
    artifact: artifact as Lineage['artifact'],
    produced_by,
    consumed_by,
    producedBy: producer
      ? { jobUid: producer.job.job_uid, command: producer.job.command, sessionHash: producer.session }
      : null,
  }
}
