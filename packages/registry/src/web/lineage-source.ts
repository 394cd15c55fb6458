/** The registry's store as the pages read it, with what the caller may see and nothing else. */
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
} from '@roar/web'
import type { Principal } from '../identity/principal.ts'
import { artifactDocument } from '../read/artifact.ts'
import { findArtifacts } from '../read/find.ts'
import { findHolders } from '../read/holders.ts'
import { jobDocument } from '../read/job.ts'
import { artifactsByName } from '../read/names.ts'
import { searchJobs } from '../read/search.ts'
import { sessionPage } from '../read/sessions.ts'
import { parseReference } from '../realm/digest.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { receiptPage } from '../write/receipts.ts'
import { artifactGraph, sessionGraph } from './lineage-graph.ts'
import { artifactLine, artifactView, jobLine, jobView, referenceLine } from './lineage-views.ts'

const digestReference = /^(?:[a-z0-9][a-z0-9._-]{0,31}:)?[0-9a-f]{8,128}(?:-[0-9]{1,5})?$/
const jobId = /^[0-9a-f]{32}$/
const sessionHash = /^[0-9a-f]{64}$/
const graphsAPage = 30
const jobsAPage = 50
const namesAPage = 50
const mostReceipts = 50

export class RegistrySource implements LineageSource {
  readonly #registry: Registry
  readonly #principal: Principal

  constructor(registry: Registry, principal: Principal) {
    this.#registry = registry
    this.#principal = principal
  }

  async graphs({ cursor }: PageQuery): Promise<Listed<GraphSummary>> {
    const { items, next } = await sessionPage(this.#registry, this.#principal, {
      limit: graphsAPage,
      cursor: cursor ?? undefined,
    })
    const graphs = items.map((one) => ({
      name: one.hash,
      at: one.registered_at,
      jobs: one.jobs_count,
      by: one.registered_by ?? 'anonymous',
      repository: one.git_repo,
      commit: one.git_commit,
      visibility: one.withdrawn ? 'withdrawn' : one.visibility,
    }))
    return { items: graphs, next }
  }

  async search(text: string, { cursor, artifacts }: SearchQuery): Promise<Found> {
    const isFirst = cursor === null && artifacts === null
    const none = { items: [], next: null }
    const [digests, names, own, jobs] = await Promise.all([
      isFirst ? this.#byDigest(text) : [],
      cursor === null ? this.#byName(text, artifacts) : none,
      isFirst && jobId.test(text) ? this.#job(text) : null,
      artifacts === null ? this.#byCommand(text, cursor) : none,
    ])
    const unnamed = digests.filter(({ digest }) => names.items.every((one) => one.digest !== digest))
    const items: JobLine[] = [...(own ? [jobLine(own)] : []), ...jobs.items.map(jobLine)]
    return { artifacts: { items: [...unnamed, ...names.items], next: names.next }, jobs: { items, next: jobs.next } }
  }

  async #byName(text: string, cursor: string | null): Promise<Listed<ArtifactLine>> {
    const page = { limit: namesAPage, cursor: cursor ?? undefined }
    const { items, next } = await artifactsByName(this.#registry, this.#principal, text, page)
    return { items: once(items.flatMap(({ row, path }) => artifactLine(row, path))), next }
  }

  #byCommand(command: string, cursor: string | null) {
    return searchJobs(this.#registry, this.#principal, { command }, { limit: jobsAPage, cursor: cursor ?? undefined })
  }

  async #byDigest(text: string): Promise<ArtifactLine[]> {
    const lower = text.toLowerCase()
    if (!digestReference.test(lower)) return []
    const asked = [this.#registry.database.read, this.#principal, parseReference(lower)] as const
    const own = await findArtifacts(...asked)
    if (own.length > 0) return once(own.flatMap(({ row }) => artifactLine(row, null)))
    const holders = await findHolders(...asked)
    return once(holders.flatMap(({ row, member }) => artifactLine(row, `with ${member.path}`)))
  }

  async artifact(reference: string): Promise<ArtifactView | Candidates | null> {
    const lower = reference.toLowerCase()
    if (!digestReference.test(lower)) return null
    try {
      const document = await artifactDocument(this.#registry, this.#principal, lower)
      const receipts = await receiptPage(this.#registry, this.#principal, document.hash || lower, {
        limit: mostReceipts,
      })
      return artifactView(document, receipts.items, this.#registry.settings.publicUrl)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.code === 'ROAR_REGISTRY_AMBIGUOUS') return { candidates: error.details.map(referenceLine) }
      return orNull(error)
    }
  }

  async job(id: string): Promise<JobView | null> {
    const document = await this.#job(id)
    return document && jobView(document)
  }

  async #job(id: string) {
    if (!jobId.test(id)) return null
    return jobDocument(this.#registry, this.#principal, id).catch(orNull)
  }

  async graph(name: string, part: number): Promise<Graph | null> {
    const lower = name.toLowerCase()
    const session = sessionHash.test(lower)
      ? await sessionGraph(this.#registry, this.#principal, lower, part).catch(orNull)
      : null
    if (session || !digestReference.test(lower)) return session
    return artifactGraph(this.#registry, this.#principal, lower).catch(orNull)
  }
}

/** What is not there and what is not visible are the same to a page. */
/** A content may be in several realms: the last one's line stands, which is the caller's own. */
const once = (lines: readonly ArtifactLine[]): ArtifactLine[] => [
  ...new Map(lines.map((line) => [JSON.stringify([line.digest, line.path]), line])).values(),
]

function orNull(error: unknown): null {
  const absent = ['ROAR_REGISTRY_NOT_FOUND', 'ROAR_REGISTRY_AMBIGUOUS']
  if (error instanceof Refusal && absent.includes(error.code)) return null
  throw error
}
