/** Graphs of the registry: a published session, or all that one artifact hangs together with. */
import type { GraphRows, JobRow } from '@roar/core'
import { type Cut, type Graph, type GraphNode, graphOfRows } from '@roar/web'
import type { JobEdge, JobSummary, Lineage, LineageNode } from '../api/index.ts'
import type { Principal } from '../identity/principal.ts'
import { isoTime } from '../read/artifact-documents.ts'
import { edgesOf, jobSummary } from '../read/job-documents.ts'
import { lineageDocument, rootsOf } from '../read/lineage.ts'
import { mostJobs, sessionJobs, visibleSession } from '../read/sessions.ts'
import type { Registry } from '../registry.ts'
import { jobMarks, pathOf, stepOf } from './lineage-views.ts'

/** Drawn smoothly; the API gives more. */
const mostNodes = 20_000

export async function sessionGraph(
  registry: Registry,
  principal: Principal,
  hash: string,
  asked: number,
): Promise<Graph> {
  const { row, realm } = await visibleSession(registry, principal, hash)
  const parts = Math.max(1, Math.ceil(row.jobs_count / mostJobs))
  const part = Math.min(asked, parts - 1)
  const stored = await sessionJobs(registry, realm, row.hash, part)
  const jobs = stored.map(jobSummary).sort((a, b) => (a.started_at ?? '').localeCompare(b.started_at ?? ''))
  const edges = await edgesOf(registry.database.read, realm, stored)
  const facts = [
    ['Session', hash],
    ['Registered', isoTime(row.created_at)],
    ['Repository', row.repository],
    ['Commit', row.revision],
  ] as const
  return graphOfRows(rowsOf(jobs, edges), {
    name: hash,
    title: `Session ${hash.slice(0, 12)}`,
    facts: facts.flatMap(([name, value]) => (value === null ? [] : [{ name, value }])),
    cut: parts === 1 ? null : sessionCut(part, parts, row.jobs_count),
    commands: new Map(jobs.map((job) => [job.id, job.command ?? ''])),
  })
}

const number = (value: number): string => value.toLocaleString('en')

const sessionCut = (part: number, parts: number, jobs: number): Cut => ({
  part,
  parts,
  shown: `Here are jobs ${number(part * mostJobs + 1)} to ${number(Math.min(jobs, (part + 1) * mostJobs))} of ${number(jobs)}, in the order of their steps.`,
  onward: [],
})

/** As a workspace would hold it: numbers for jobs in the order of their start, so that what is stale can be told by the same rule. */
function rowsOf(jobs: readonly JobSummary[], edges: ReadonlyMap<string, readonly JobEdge[]>): GraphRows {
  const groups = new Map<string, { readonly number: number; executions: number }>()
  const made = new Map<string, number>()
  const rows: GraphRows = { jobs: [], edges: [] }
  const all = rows as { jobs: JobRow[]; edges: GraphRows['edges'][number][] }
  for (const [id, job] of jobs.entries()) {
    // Only the same command at the same step is the same step again.
    const group = `${job.job_type} ${job.step_number} ${job.command}`
    const known = groups.get(group) ?? { number: groups.size, executions: 0 }
    known.executions++
    groups.set(group, known)
    all.jobs.push(jobRow(job, id, known.executions, known.number))
    const own = edges.get(job.id) ?? []
    for (const edge of own) all.edges.push(graphEdge(edge, id, made))
    for (const { role, hash } of own) if (role === 'output' && hash !== null) made.set(hash, id)
  }
  return rows
}

const graphEdge = (edge: JobEdge, job: number, made: ReadonlyMap<string, number>): GraphRows['edges'][number] => ({
  job,
  artifact: null,
  path: pathOf(edge),
  role: edge.role,
  size: edge.size,
  digest: edge.hash,
  producer: edge.role === 'input' && edge.hash !== null ? (made.get(edge.hash) ?? null) : null,
  code: false,
})

function jobRow(job: JobSummary, id: number, execution: number, session: number): JobRow {
  const startedAt = job.started_at === null ? 0 : Date.parse(job.started_at)
  const kind = job.job_type === 'build' ? 'build' : 'run'
  return {
    id,
    uid: job.id,
    session,
    sessionHash: '',
    kind,
    step: { kind, number: job.step_number },
    execution,
    name: null,
    status: job.exit_code === 0 ? 'completed' : 'failed',
    argv: [],
    cwd: '',
    startedAt,
    endedAt: startedAt,
    durationMs: null,
    exitCode: job.exit_code,
    signal: null,
    dirty: job.dirty,
    commit: job.git_commit,
    branch: job.git_branch,
    inputs: 0,
    outputs: 0,
    complete: true,
    traceLog: null,
    recorderPid: null,
    recorderStart: null,
  }
}

export async function artifactGraph(registry: Registry, principal: Principal, reference: string): Promise<Graph> {
  const root = await rootsOf(registry, principal, reference)
  const request = { depth: 1000, direction: 'both', limit: mostNodes } as const
  const lineage = await lineageDocument(registry, principal, root, request)
  const places = new Map(lineage.nodes.map((node, at) => [node.id, at]))
  const names = new Map<string, string>()
  for (const { from, to, path, role } of lineage.edges)
    for (const id of [from, to])
      if (path !== null && role !== 'member' && id.startsWith('artifact:')) names.set(id, path)
  const nodes = lineage.nodes.map((node) => lineageNode(node, names))
  return {
    name: lineage.artifact.hash || reference,
    title: `Lineage of ${names.get(lineage.root) ?? lineage.artifact.hash.slice(0, 12)}`,
    facts: [{ name: 'Artifact', value: lineage.artifact.hash }],
    nodes,
    edges: lineage.edges.flatMap((edge) => {
      const [from, to] = [places.get(edge.from), places.get(edge.to)]
      if (from === undefined || to === undefined) return []
      return [{ from, to, size: nodes[from]?.size ?? nodes[to]?.size ?? null }]
    }),
    cut: lineage.truncated ? lineageCut(lineage, names) : null,
  }
}

const mostOnward = 50

/** The walk says where it stopped: the graph of each of these goes on from there. */
function lineageCut({ nodes, frontier }: Lineage, names: ReadonlyMap<string, string>): Cut {
  const hashes = new Map(nodes.flatMap((node) => (node.type === 'artifact' ? [[node.id, node.hash] as const] : [])))
  const onward = frontier.flatMap((name) => {
    const digest = hashes.get(`artifact:${name}`)
    return digest ? [{ digest, label: names.get(`artifact:${name}`) ?? digest.slice(0, 12) }] : []
  })
  const more = onward.length > mostOnward ? ` ${number(onward.length - mostOnward)} more are not named.` : ''
  return {
    part: 0,
    parts: 1,
    shown: `Here are the ${number(nodes.length)} jobs and files that are nearest.${more}`,
    onward: onward.slice(0, mostOnward),
  }
}

const lineageNode = (node: LineageNode, names: ReadonlyMap<string, string>): GraphNode =>
  node.type === 'job'
    ? {
        id: node.id,
        kind: 'job',
        label: node.command ?? '',
        step: stepOf(node),
        target: node.id.slice('job:'.length),
        size: null,
        marks: jobMarks(node),
      }
    : {
        id: node.id,
        kind: 'file',
        label: names.get(node.id) ?? node.hash.slice(0, 12),
        step: null,
        target: node.hash || null,
        size: node.size,
        marks: node.withdrawn ? ['withdrawn'] : [],
      }
