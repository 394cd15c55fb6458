/** What a registry answers: artifacts, sessions, lineage, recipes. Promised are these fields at least. */
import type { Digests } from './model.ts'

export interface PublishedArtifact {
  readonly hash: string
  readonly algorithm: string
  readonly hashes: readonly { readonly algorithm: string; readonly digest: string }[]
  readonly size: number | null
  readonly kind: 'file' | 'composite'
  readonly format: string | null
  readonly members: number | null
  /** What was asked for by a digest that only this one of its members has; registries may leave it out. */
  readonly member?: HeldMember | null
  readonly visibility: string
  readonly url: string
  readonly locations: readonly { readonly url: string }[]
  readonly produced_by: readonly PublishedUse[]
  readonly consumed_by: readonly PublishedUse[]
  readonly labels: Readonly<Record<string, unknown>>
  /** Receipts that were sent there; registries may leave it out. */
  readonly reproduction?: PublishedReproductions
}

export interface HeldMember {
  /** Relative to the composite's root. */
  readonly path: string
  readonly size: number | null
}

/** Numbers of receipts: all of them, of how many people, and by verdict. */
export interface PublishedReproductions {
  readonly total: number
  readonly reproducers: number
  readonly identical: number
  readonly content: number
  readonly tolerance: number
  readonly different: number
  readonly missing: number
}

export interface PublishedUse {
  readonly job: PublishedJobSummary
  readonly path: string | null
  readonly session: string | null
}

export interface PublishedJobSummary {
  readonly id: string
  readonly job_uid: string
  readonly command: string | null
  readonly job_type: string
  readonly step_number: number
  readonly git_repo: string | null
  readonly git_commit: string | null
  readonly started_at: string | null
  readonly exit_code: number | null
  readonly dirty: boolean
}

export interface PublishedSession {
  readonly hash: string
  readonly url: string
  readonly visibility: string
  readonly jobs: readonly PublishedJobSummary[]
}

export interface PublishedLineageQuery {
  readonly depth?: number
  readonly direction?: 'up' | 'down' | 'both'
  readonly limit?: number
}

export interface PublishedLineage {
  readonly root: string
  readonly nodes: readonly ({
    readonly type: 'artifact' | 'job'
    readonly id: string
    readonly depth: number
  } & object)[]
  readonly edges: readonly {
    readonly from: string
    readonly to: string
    readonly path: string | null
    readonly role: string
  }[]
  readonly truncated: boolean
}

export type RecipeTarget = { readonly digest: string } | { readonly session: string }

/** Steps in an order in which they can be run: set-up work first, producers before consumers. */
export interface PublishedRecipe {
  readonly hash: string | null
  readonly algorithm: string | null
  /** As of an artifact: the recipe is that of the composite. */
  readonly member?: HeldMember | null
  readonly sessionHash: string | null
  readonly gitRepo: string | null
  readonly gitCommit: string | null
  readonly gitBranch: string | null
  readonly jobs: readonly RecipeStep[]
  /** Inputs that no step makes. */
  readonly sources: readonly RecipeSource[]
  /** True when steps are missing: too many for the registry, or withdrawn. */
  readonly incomplete: boolean
  readonly url: string
}

export interface RecipeStep {
  readonly jobUid: string
  readonly jobType: string
  readonly stepNumber: number
  readonly command: string | null
  readonly argv: readonly string[] | null
  /** Relative to the root of the workspace, or absolute. */
  readonly cwd: string | null
  readonly name: string | null
  readonly gitRepo: string | null
  readonly gitCommit: string | null
  readonly gitBranch: string | null
  readonly dirty: boolean
  readonly exitCode: number | null
  readonly startedAt?: string | null
  /** Of whom it is read: `anonymous` is vouched for by nobody. */
  readonly visibility?: string
  readonly withdrawn?: boolean
  /** The other fields of a `PublishedJob`: environment, packages, tracer, tags. */
  readonly record: Readonly<Record<string, unknown>> | null
  /** Free text of another client's: a JSON document of its own. */
  readonly metadata?: string | null
  readonly inputs: readonly RecipeEdge[]
  readonly outputs: readonly RecipeEdge[]
}

export interface RecipeEdge {
  readonly hash: string | null
  readonly algorithm: string | null
  readonly path: string | null
  readonly path_b64: string | null
  readonly size: number | null
  readonly kind: 'file' | 'composite'
  readonly sourced: string | null
  readonly reason: string | null
  /** Of an input that was kept and not read: the path of the output that keeps it. Registries may leave it out. */
  readonly kept_for?: string | null
}

export interface RecipeSource {
  readonly hash: string
  readonly algorithm: string
  readonly digests: Digests
  readonly size: number | null
  readonly paths: readonly string[]
  readonly locations: readonly string[]
  readonly sourced: string | null
  /** The composite, `blake3:…`, with it among its members; not of every registry. */
  readonly member_of?: { readonly hash: string; readonly path: string } | null
}

export interface ReceiptRequest {
  /** Chosen by the caller, so that a retry counts once: 8 to 64 letters, digits, `-`, `_`. */
  readonly receipt_id: string
  /** The artifact that was to be made; or `session_hash`, for all of a session. */
  readonly hash?: string | null
  readonly algorithm?: string | null
  readonly session_hash?: string | null
  readonly verdict: 'identical' | 'content' | 'tolerance' | 'different' | 'missing'
  /** A roar.verdict/1 document. */
  readonly document?: Readonly<Record<string, unknown>>
  readonly environment?: Readonly<Record<string, unknown>>
}
