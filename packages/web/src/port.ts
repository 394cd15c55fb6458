/**
 * What the pages read. A registry and a workspace each answer it in their own way; what the reader may not see is answered as what is not there.
 * Times are ISO 8601 in UTC, sizes bytes, digests lower-case hex. Texts come as they were recorded: pages make them harmless.
 */
import type { ReceiptVerdict } from '@roar/core'

export interface LineageSource {
  /** Newest first. */
  graphs(page: PageQuery): Promise<Listed<GraphSummary>>
  /** A digest of any algorithm or its beginning, a path, a job, words of a command. */
  search(text: string, page: SearchQuery): Promise<Found>
  /** `reference`: a digest or a beginning of it. Several artifacts for a beginning that fits them all. */
  artifact(reference: string): Promise<ArtifactView | Candidates | null>
  job(id: string): Promise<JobView | null>
  /** `name`: a session's hash, or a digest: what that artifact hangs together with. `part`: from 0 on, of one that is shown in parts. */
  graph(name: string, part: number): Promise<Graph | null>
}

export interface PageQuery {
  readonly cursor: string | null
}
/** `artifacts`: where their list goes on; then no jobs are asked for, and with `cursor`, which is that of the jobs, no artifacts. */
export interface SearchQuery extends PageQuery {
  readonly artifacts: string | null
}
export interface Listed<T> {
  readonly items: readonly T[]
  /** Null on the last page. */
  readonly next: string | null
}

export interface GraphSummary {
  readonly name: string
  readonly at: string
  readonly jobs: number
  readonly by: string | null
  readonly repository: string | null
  readonly commit: string | null
  /** Who may read it, where that can differ. */
  readonly visibility: string | null
}

export interface Found {
  readonly artifacts: Listed<ArtifactLine>
  readonly jobs: Listed<JobLine>
}

export interface ArtifactLine {
  readonly digest: string
  readonly algorithm: string
  readonly size: number | null
  readonly path: string | null
}
export interface Candidates {
  readonly candidates: readonly ArtifactLine[]
}

export interface JobLine {
  /** As in the page's address. */
  readonly id: string
  /** `@3`, or what its own machine called it. */
  readonly name: string
  readonly command: string | null
  readonly at: string | null
  readonly exitCode: number | null
  readonly marks: readonly Mark[]
}

export interface Use {
  readonly job: JobLine
  readonly path: string | null
}

export interface KnownDigest {
  readonly algorithm: string
  readonly digest: string
  readonly claims: readonly { readonly by: string | null; readonly at: string | null; readonly proof: string }[]
}

export interface Tombstone {
  readonly at: string
  readonly reason: string | null
}

export interface ArtifactView extends ArtifactLine {
  readonly kind: 'file' | 'composite'
  readonly format: string | null
  readonly members: number | null
  /** What was asked for by a digest that only this one of its members has. */
  readonly member: { readonly path: string; readonly size: number | null } | null
  readonly visibility: string | null
  readonly firstSeen: string
  readonly digests: readonly KnownDigest[]
  readonly locations: readonly { readonly place: string; readonly note: string | null }[]
  readonly producedBy: readonly Use[]
  /** By jobs that read it. */
  readonly usedBy: readonly Use[]
  /** By jobs that made something of it without reading it. */
  readonly keptBy: readonly Use[]
  /** Commands, one a line, that make it again on another machine. */
  readonly reproduce: readonly string[]
  readonly reproductions: readonly Reproduction[]
  /** Of all, those that are not listed included. */
  readonly verdicts: Readonly<Record<ReceiptVerdict, number>>
  readonly labels: Readonly<Record<string, unknown>>
  readonly withdrawn: Tombstone | null
  /** Other artifacts of which somebody claims one of these digests. */
  readonly also: readonly ArtifactLine[]
}

export interface Reproduction {
  readonly at: string
  readonly by: string | null
  readonly verdict: ReceiptVerdict
  /** The first difference, or what was not as recorded. */
  readonly note: string | null
}

export interface EdgeView {
  readonly path: string
  readonly digest: string | null
  readonly algorithm: string | null
  readonly size: number | null
  readonly kind: 'file' | 'composite'
  readonly access: readonly string[]
  /** Why there is no digest. */
  readonly reason: string | null
  readonly sourced: string | null
  readonly producer: { readonly id: string; readonly name: string } | null
}

/** What a job built on without reading it. */
export interface KeptView extends EdgeView {
  /** The output that keeps it. */
  readonly keptFor: string
}

export interface JobView extends JobLine {
  readonly uid: string
  readonly title: string | null
  readonly directory: string | null
  readonly durationMs: number | null
  readonly status: string
  readonly signal: string | null
  readonly repository: string | null
  readonly commit: string | null
  readonly branch: string | null
  readonly staleBecause: string | null
  readonly graphs: readonly string[]
  readonly visibility: string | null
  readonly labels: Readonly<Record<string, unknown>>
  readonly withdrawn: Tombstone | null
  readonly supersedes: string | null
  readonly supersededBy: string | null
  readonly inputs: readonly EdgeView[]
  readonly kept: readonly KeptView[]
  readonly outputs: readonly EdgeView[]
  /** `job` of a roar.job/1 document, as somebody sent it: nothing in it is certain to have its shape. */
  readonly record: Readonly<Record<string, unknown>>
}

/** `first` and `second`: only on that side of a comparison. */
export type Mark = 'dirty' | 'stale' | 'superseded' | 'withdrawn' | 'changed' | 'first' | 'second'

export interface Graph {
  readonly name: string
  readonly title: string
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** Null where all of it is here. */
  readonly cut: Cut | null
}
export interface Cut {
  /** Where it is shown in parts: from 0 on. */
  readonly part: number
  readonly parts: number
  /** What is here, as a sentence. */
  readonly shown: string
  /** Of files beyond which it goes on, each with a graph of its own. */
  readonly onward: readonly { readonly digest: string; readonly label: string }[]
}
export interface GraphNode {
  readonly id: string
  readonly kind: 'job' | 'file'
  /** A path, or a command. */
  readonly label: string
  /** `@3`; null for files. */
  readonly step: string | null
  /** A job's id, or a digest; null for a file without one. */
  readonly target: string | null
  readonly size: number | null
  readonly marks: readonly Mark[]
}
/** From what is used to the job, or from the job to what it made. `from` and `to` are places in `nodes`. */
export interface GraphEdge {
  readonly from: number
  readonly to: number
  readonly size: number | null
}
