/**
 * The registry's contract: publish lineage, look it up, ask how it can be made again. `contracts.ts` re-exports it; it is a page of its own
 * because it brings its documents along. What a registry answers is a promise of these fields at least; it may say more.
 */
import type { InputBody, JobBody, OutputBody } from './documents/job-document.ts'
import type { PathFields } from './documents/path-fields.ts'
import type { Digests, Member } from './model.ts'
import type { RegistryAccounts } from './registry-accounts.ts'
import type {
  PublishedArtifact,
  PublishedLineage,
  PublishedLineageQuery,
  PublishedRecipe,
  PublishedSession,
  ReceiptRequest,
  RecipeTarget,
} from './registry-answers.ts'

export * from './registry-accounts.ts'
export * from './registry-answers.ts'

export type RegistryFactory = () => RegistryDriver

/** What a plugin for one kind of registry gives. */
export interface RegistryDriver {
  readonly name: string
  /** Asks nothing of the network: the first method that is called does. */
  connect(connection: RegistryConnection): Registry
}

/** Where it is, and as whom it is asked. */
export interface RegistryConnection {
  /** As `https://registry.example`, without the path of the API. */
  readonly url: string
  /** Who we are; null: nobody. Asked once a request, so that a token may be renewed in between. */
  readonly credentials?: () => Promise<RegistryCredentials | null>
  readonly signal?: AbortSignal
  /** Told before a request is tried again because nobody answered it, with the reason. */
  readonly onRetry?: (why: string) => void
}

/** A token, or the path of an SSH key (private, or public where an agent holds the private one). */
export type RegistryCredentials = { readonly bearer: string } | { readonly sshKey: string }

/** Every method rejects with ROAR_REGISTRY_UNREACHABLE when there is no answer, and with the registry's own error when it refuses. */
export interface Registry {
  readonly url: string
  /** Is it there, and what can it do? */
  health(): Promise<RegistryHealth>
  /** All of it or nothing; exactly once for one `Publication.id`, however often it is tried. */
  register(publication: Publication, options?: RegisterOptions): Promise<Published>
  /** By any digest or a prefix, with or without `algorithm:` in front. Null: not there, or not for us to see. */
  artifact(digest: string): Promise<PublishedArtifact | null>
  session(hash: string): Promise<PublishedSession | null>
  lineage(digest: string, query?: PublishedLineageQuery): Promise<PublishedLineage | null>
  /** How an artifact, or everything of a session, can be made again. */
  recipe(target: RecipeTarget): Promise<PublishedRecipe | null>
  /** Records that something was made again, and how well it went. */
  receipt(claim: ReceiptRequest): Promise<void>
  /** Accounts, for registries that have them. */
  readonly accounts?: RegistryAccounts
}

/** Its own limits: bytes of a request, items of a batch. */
export interface RegistryHealth {
  readonly status: string
  readonly version: string
  readonly limits: { readonly body_bytes: number; readonly batch_items: number }
  readonly features: {
    readonly private_scopes: boolean
    /** It takes what composites consist of. */
    readonly member_lists?: boolean
    readonly login: readonly string[]
  }
}

// ── Publishing ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** A lineage, ready to leave the machine: nothing in it is private any more. */
export interface Publication {
  /** Made from all of the content and the scope: the same id is the same publication. 64 hex digits. */
  readonly id: string
  readonly scope: PublicationScope
  /** Of the newest job. */
  readonly git: { readonly repository: string | null; readonly commit: string | null; readonly branch: string | null }
  readonly counts: PublicationCounts
  /** Producers before consumers. Read once an attempt; the same jobs in the same order each time. */
  jobs(): Iterable<PublishedJob> | AsyncIterable<PublishedJob>
  /** What the composites among their files consist of, each once and in the order of the paths. As with the jobs, the same each time. */
  members(): AsyncIterable<PublishedMembers>
  readonly labels: readonly PublishedLabels[]
}

/** Who may read it: `anonymous` and `public` everybody, `private` its owner, a project its members or everybody. */
export type PublicationScope = 'anonymous' | 'private' | 'public' | `${string}/${string}`

/** A part of the list of one composite: members from the place `first` on. */
export interface PublishedMembers {
  /** Of the composite. */
  readonly digests: Digests
  readonly first: number
  readonly members: readonly PublishedMember[]
}

/** Its path is relative to the composite's root. */
export type PublishedMember = PathFields & Pick<Member, 'type' | 'size' | 'digests'>

/** What the registry is to have received at the end: it refuses what does not add up. */
export interface PublicationCounts {
  readonly jobs: number
  /** Distinct contents. */
  readonly artifacts: number
  readonly inputs: number
  readonly outputs: number
  /** Inputs and outputs whose content is known: different contents of one job under different paths. */
  readonly links: number
  /** Of composites, as far as they are told. */
  readonly members: number
}

/** `job` of a roar.job/1 document without what concerns this machine alone: processes, host name, local directories. */
export type PublishedJob = Pick<JobBody, PublishedFields> & {
  readonly git: PublishedGit | null
  readonly environment: Omit<NonNullable<JobBody['environment']>, 'hostname' | 'commitments'> | null
  readonly packages: readonly Omit<JobBody['packages'][number], 'location'>[]
  readonly inputs: readonly PublishedInput[]
  readonly outputs: readonly PublishedOutput[]
}

export type PublishedGit = Omit<NonNullable<JobBody['git']>, 'root'> & {
  /** The workspace within its repository: `sub/directory`, `.` at the repository's root; null where that is not known. `cwd` is relative to it. */
  readonly workspace: string | null
  /** The repository within a workspace that encloses it: `sub/directory`; null where it does not. */
  readonly enclosed: string | null
}
type PublishedFields =
  | ('uid' | 'session' | 'kind' | 'step' | 'execution' | 'name' | 'status' | 'argv' | 'cwd' | 'tags' | 'notes')
  | (
      | 'started_at'
      | 'ended_at'
      | 'duration_ms'
      | 'exit_code'
      | 'signal'
      | 'dirty'
      | 'tracer'
      | 'filtered'
      | 'lock_files'
      | 'interpreters'
    )

export type PublishedInput = Omit<InputBody, 'processes' | 'names' | 'base'>
/** What it was built on is an input of the job. */
export type PublishedOutput = Omit<OutputBody, 'processes' | 'names' | 'base'>

/** Notes on one thing; they take the place of those that were there. */
export interface PublishedLabels {
  /** `dag`: all of the publication. */
  readonly of: 'dag' | { readonly job: string } | { readonly digest: string }
  readonly labels: Readonly<Record<string, unknown>>
}

export interface RegisterOptions {
  /** Remembers how far a publication came, so that the next attempt goes on from there. */
  readonly journal?: RegistrationJournal
  readonly onProgress?: (progress: RegisterProgress) => void
}

export interface RegistrationJournal {
  read(id: string): Promise<RegistrationState | null>
  write(id: string, state: RegistrationState): Promise<void>
}

export interface RegistrationState {
  /** The registry's name for what is staged there. */
  readonly staged: string
  /** A secret, for as long as it is staged. */
  readonly token: string | null
  /** Requests that were answered. */
  readonly sent: number
  /** How the publication was cut into requests: `sent` counts for the same cut only. */
  readonly cut: string
}

export interface RegisterProgress {
  readonly phase: 'sending' | 'publishing'
  readonly jobs: number
  readonly artifacts: number
  readonly links: number
  readonly members: number
}

export interface Published {
  /** The registry's name for the whole. */
  readonly session_hash: string
  readonly session_url: string
  /** False: this very lineage was there before. */
  readonly created: boolean
  readonly counts: {
    readonly jobs: number
    readonly new_jobs: number
    readonly artifacts: number
    readonly new_artifacts: number
    readonly links: number
  }
}
