/** A workspace's own record as the pages read it. */
import {
  display,
  fromString,
  type GraphRows,
  instant,
  type JobRow,
  type LineageStore,
  type MemberMatch,
  only,
  reach,
  type SessionRow,
  staleness,
} from '@roar/core'
import { graphOfRows } from '../graph/graph-of-rows.ts'
import type {
  ArtifactLine,
  ArtifactView,
  Candidates,
  Found,
  Graph,
  GraphSummary,
  JobLine,
  JobView,
  LineageSource,
  Listed,
  PageQuery,
  SearchQuery,
} from '../port.ts'
import { artifactLine, artifactView } from './local-artifact.ts'
import { jobLine, jobView } from './local-job.ts'

const graphsAPage = 50
const jobsAPage = 50
const digestText = /^(?:[a-z0-9][a-z0-9._-]{0,31}:)?[0-9a-f]{8,128}(?:-\d{1,5})?$/

export class LocalSource implements LineageSource {
  readonly #store: LineageStore

  constructor(store: LineageStore) {
    this.#store = store
  }

  async graphs({ cursor }: PageQuery): Promise<Listed<GraphSummary>> {
    const all = [...(await this.#store.sessions())].sort((a, b) => b.id - a.id)
    const { items, next } = cut(all, cursor, graphsAPage)
    return { items: items.map(summary), next }
  }

  async search(text: string, { cursor }: SearchQuery): Promise<Found> {
    const skip = offset(cursor)
    const [digests, named, jobs, uids] = await Promise.all([
      skip > 0 ? [] : this.#byDigest(text),
      skip > 0 ? [] : this.#byName(text),
      this.#store.jobs({ grep: text, limit: jobsAPage + 1, offset: skip }),
      skip === 0 && /^[0-9a-f]{4,8}$/.test(text) ? this.#store.jobsByUid(text) : [],
    ])
    const found = new Map([...digests, ...named].map((one) => [one.digest, one]))
    const next = jobs.length > jobsAPage ? String(skip + jobsAPage) : null
    const items = [...uids, ...jobs.slice(0, jobsAPage)].map((row): JobLine => jobLine(row))
    return { artifacts: { items: [...found.values()], next: null }, jobs: { items, next } }
  }

  async #byDigest(text: string): Promise<ArtifactLine[]> {
    const parts = digestParts(text)
    const rows = parts ? await this.#store.artifactsByDigest(parts.hex, parts.algorithm) : []
    if (rows.length > 0 || !parts) return rows.map((row) => artifactLine(row, null))
    return (await this.#holders(parts)).map(({ artifact, member }) =>
      artifactLine(artifact, `with ${display(member.path)}`),
    )
  }

  /** A whole path, or a part of one that a job of the newest session used. */
  async #byName(text: string): Promise<ArtifactLine[]> {
    const uses = await this.#store.artifactsAtPath(fromString(text))
    const exact = uses.flatMap(({ artifact, path }) => (artifact ? [artifactLine(artifact, display(path))] : []))
    const session = await this.#store.currentSession()
    if (exact.length > 0 || !session) return exact
    const rows = await this.#store.graph({ session: session.id })
    const words = text.toLowerCase()
    const found = rows.edges.filter((edge) => edge.digest !== null && display(edge.path).toLowerCase().includes(words))
    return found.slice(0, jobsAPage).map(({ digest, path, size }) => ({
      digest: digest as string,
      algorithm: 'blake3',
      size,
      path: display(path),
    }))
  }

  async artifact(reference: string): Promise<ArtifactView | Candidates | null> {
    const parts = digestParts(reference)
    const rows = parts ? await this.#store.artifactsByDigest(parts.hex, parts.algorithm) : []
    if (rows.length > 1) return { candidates: rows.map((row) => artifactLine(row, null)) }
    const holders = parts && rows.length === 0 ? await this.#holders(parts) : []
    if (holders.length > 1) return { candidates: holders.map((one) => artifactLine(one.artifact, null)) }
    const [id, member] = rows[0] ? [rows[0].id, null] : [holders[0]?.artifact.id, holders[0]?.member]
    const record = id === undefined ? null : await this.#store.artifact(id)
    return record ? artifactView(record, await this.#receipts(Object.values(record.digests)), member) : null
  }

  /** Composites with a member of this digest, each once. */
  async #holders({ hex, algorithm }: DigestParts): Promise<readonly MemberMatch[]> {
    const all = await this.#store.membersByDigest(hex)
    const meant = all.filter(({ member: { digests } }) =>
      Object.entries(digests).some(([name, digest]) => digest.startsWith(hex) && name === (algorithm ?? name)),
    )
    return [...new Map(meant.map((one) => [one.artifact.id, one])).values()]
  }

  async #receipts(digests: readonly string[]) {
    const found = await Promise.all(digests.map((digest) => this.#store.receipts({ digest })))
    return [...new Map(found.flat().map((one) => [one.id, one])).values()]
  }

  async job(id: string): Promise<JobView | null> {
    const rows = /^[0-9a-f]{4,32}$/.test(id) ? await this.#store.jobsByUid(id) : []
    const record = rows.length === 1 ? await this.#store.job((rows[0] as JobRow).id) : null
    if (!record) return null
    const state = staleness(await this.#store.graph({ session: record.row.session }))
    return jobView(record, state)
  }

  async graph(name: string): Promise<Graph | null> {
    const sessions = await this.#store.sessions()
    const session = /^[0-9a-f]{8,32}$/.test(name) ? sessions.find((one) => one.hash.startsWith(name)) : undefined
    if (session) return this.#whole(session)
    const found = await this.artifact(name)
    return found && !('candidates' in found) ? this.#around(found) : null
  }

  async #whole(session: SessionRow): Promise<Graph> {
    const rows = await this.#store.graph({ session: session.id })
    const facts = [
      { name: 'Session', value: session.hash },
      { name: 'Since', value: instant(session.startedAt) },
    ]
    return graphOfRows(rows, {
      name: session.hash,
      title: `Session ${session.hash.slice(0, 8)}`,
      facts,
      cut: null,
    })
  }

  /** Everything upstream and downstream, within the sessions that used it. */
  async #around(view: ArtifactView): Promise<Graph> {
    const hashes = new Set<string>()
    for (const { job } of [...view.producedBy, ...view.usedBy]) {
      const [row] = await this.#store.jobsByUid(job.id)
      if (row) hashes.add(row.sessionHash)
    }
    const parts = await Promise.all(
      (await this.#store.sessions())
        .filter((one) => hashes.has(one.hash))
        .map((one) => this.#store.graph({ session: one.id, expanded: true })),
    )
    const whole: GraphRows = { jobs: parts.flatMap((one) => one.jobs), edges: parts.flatMap((one) => one.edges) }
    const own = new Set(view.digests.map(({ digest }) => digest))
    const edges = whole.edges.filter((edge) => edge.digest !== null && own.has(edge.digest))
    const start = edges.map((edge) => edge.job)
    const wanted = edges.flatMap((edge) => edge.artifact ?? [])
    const reached = [...reach(whole, start, 'upstream', wanted).keys(), ...reach(whole, start, 'downstream').keys()]
    const rows = only(whole, new Set(reached))
    return graphOfRows(rows, {
      name: view.digest,
      title: `Lineage of ${view.path ?? view.digest.slice(0, 12)}`,
      facts: [{ name: 'Artifact', value: view.digest }],
      staleness: staleness(whole),
      cut: null,
    })
  }
}

interface DigestParts {
  readonly algorithm?: string
  readonly hex: string
}

function digestParts(text: string): DigestParts | null {
  const lower = text.toLowerCase()
  if (!digestText.test(lower)) return null
  const [algorithm, hex] = lower.includes(':') ? lower.split(':') : [undefined, lower]
  return algorithm === undefined ? { hex: hex as string } : { algorithm, hex: hex as string }
}

const summary = (session: SessionRow): GraphSummary => ({
  name: session.hash,
  at: instant(session.startedAt),
  jobs: session.jobs,
  by: null,
  repository: null,
  commit: null,
  visibility: session.current ? 'the current session' : null,
})

const offset = (cursor: string | null): number => (cursor !== null && /^\d{1,9}$/.test(cursor) ? Number(cursor) : 0)

function cut<T>(all: readonly T[], cursor: string | null, most: number): Listed<T> {
  const from = offset(cursor)
  return { items: all.slice(from, from + most), next: all.length > from + most ? String(from + most) : null }
}
