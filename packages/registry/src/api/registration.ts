/** Registration: staged under an id of its own, visible to nobody, and then published at once; or, as older clients do, directly into a session. */
import { type Static, Type } from 'typebox'
import { ArtifactClaim, ComponentList, CompositeClaim, JobClaim, JobLinks, LinkClaim } from './claims.ts'
import { closed, Identifier, JobId, JobUid, nullable, SessionHash, Time, Url } from './words.ts'

/** Where a session goes. Absent: public, under the name of who began it as attributed, otherwise under none. `owner_id`/`project_id` name a project; `owner_resolution` means the caller's own. */
export const ScopeRequest = Type.Object(
  {
    owner_resolution: Type.Optional(Type.Literal('current_user')),
    owner_type: Type.Optional(Type.Union([Type.Literal('user'), Type.Literal('organization')])),
    owner_id: Type.Optional(Identifier),
    project_id: Type.Optional(Identifier),
    /** `OWNER/PROJECT` by name, in place of the two ids. */
    project: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,39}/[a-z0-9-]{1,39}$' })),
    visibility: Type.Union([Type.Literal('private'), Type.Literal('public')]),
  },
  closed,
)
export type ScopeRequest = Static<typeof ScopeRequest>

export const RegistrationStart = Type.Object(
  {
    /** Chosen by the client: the same again resumes what is open, or gives what it became. */
    client_session_id: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 128 }))),
    mode: Type.Optional(nullable(Type.Union([Type.Literal('anonymous_public'), Type.Literal('attributed')]))),
  },
  closed,
)
export type RegistrationStart = Static<typeof RegistrationStart>

export const Registration = Type.Object(
  {
    registration_session_id: Identifier,
    /** Given once, at the start: `Authorization: RegistrationSession TOKEN` for what follows, and to resume an anonymous one. */
    registration_session_token: Type.Optional(Type.String()),
    mode: Type.Union([Type.Literal('anonymous_public'), Type.Literal('attributed')]),
    created: Type.Boolean(),
    status: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
    expires_at: Time,
    /** What is staged so far. */
    counts: Type.Object({ jobs: Type.Integer(), artifacts: Type.Integer(), links: Type.Integer() }, closed),
    published_session_hash: Type.Optional(nullable(SessionHash)),
    session_hash: Type.Optional(nullable(SessionHash)),
    url: Type.Optional(nullable(Url)),
  },
  closed,
)
export type Registration = Static<typeof Registration>

export const JobBatch = Type.Object({ jobs: Type.Array(JobClaim, { maxItems: 10_000 }) }, closed)
export const JobBatchResult = Type.Object(
  {
    /** In the order of the request. */
    job_ids: Type.Array(nullable(Type.String())),
    errors: Type.Array(nullable(Type.String())),
    created_count: Type.Integer(),
    existing_count: Type.Integer(),
    /** Always empty: a job may belong to any number of sessions. */
    already_registered_session_hashes: Type.Array(SessionHash),
  },
  closed,
)
export type JobBatchResult = Static<typeof JobBatchResult>

export const ArtifactBatch = Type.Object({ artifacts: Type.Array(ArtifactClaim, { maxItems: 10_000 }) }, closed)
export const ArtifactBatchResult = Type.Object(
  { created: Type.Integer(), existing: Type.Integer(), updated: Type.Integer(), errors: Type.Integer() },
  closed,
)
export type ArtifactBatchResult = Static<typeof ArtifactBatchResult>

export const CompositeResult = Type.Object(
  { artifact_id: Type.String(), hash: Type.String(), created: Type.Boolean() },
  closed,
)
export const Composite = CompositeClaim

export const ComponentBatch = Type.Object({ lists: Type.Array(ComponentList, { maxItems: 10_000 }) }, closed)
export const ComponentBatchResult = Type.Object({ listed: Type.Integer() }, closed)

export const LinkBody = Type.Object({ artifacts: Type.Array(LinkClaim, { maxItems: 10_000 }) }, closed)
export const LinkResult = Type.Object(
  {
    job_uid: JobUid,
    inputs_linked: Type.Integer(),
    outputs_linked: Type.Integer(),
    artifacts_registered: Type.Integer(),
  },
  closed,
)
export type LinkResult = Static<typeof LinkResult>

export const LinkBatch = Type.Object({ links: Type.Array(JobLinks, { maxItems: 10_000 }) }, closed)
export const LinkBatchResult = Type.Object({ linked: Type.Integer() }, closed)

/** Compared with what is staged before anything is published; a difference refuses it. */
export const ExpectedCounts = Type.Object(
  {
    jobs: Type.Optional(Type.Integer({ minimum: 0 })),
    artifacts: Type.Optional(Type.Integer({ minimum: 0 })),
    links: Type.Optional(Type.Integer({ minimum: 0 })),
    inputs: Type.Optional(Type.Integer({ minimum: 0 })),
    outputs: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: true },
)

export const Finalize = Type.Object(
  {
    git_repo: Type.Optional(nullable(Url)),
    git_commit: Type.Optional(nullable(Type.String({ maxLength: 64 }))),
    git_branch: Type.Optional(nullable(Type.String({ maxLength: 1024 }))),
    scope_request: Type.Optional(nullable(ScopeRequest)),
    expected: Type.Optional(ExpectedCounts),
  },
  closed,
)
export type Finalize = Static<typeof Finalize>

export const Published = Type.Object(
  {
    hash: SessionHash,
    session_hash: SessionHash,
    published_session_hash: SessionHash,
    url: Url,
    session_url: Url,
    /** False when this very session was published before. */
    created: Type.Boolean(),
    status: Type.Literal('closed'),
    mode: Type.Union([Type.Literal('anonymous_public'), Type.Literal('attributed')]),
    counts: Type.Object(
      {
        jobs: Type.Integer(),
        new_jobs: Type.Integer(),
        artifacts: Type.Integer(),
        new_artifacts: Type.Integer(),
        links: Type.Integer(),
      },
      closed,
    ),
    /** The registry's names of the jobs; at most 10,000 are listed. */
    jobs: Type.Array(Type.Object({ job_uid: JobUid, id: JobId }, closed)),
  },
  closed,
)
export type Published = Static<typeof Published>

/** `POST /sessions`: the older way, without staging. */
export const SessionClaim = Type.Object(
  {
    hash: SessionHash,
    git_repo: Type.Optional(nullable(Url)),
    git_commit: Type.Optional(nullable(Type.String({ maxLength: 64 }))),
    git_branch: Type.Optional(nullable(Type.String({ maxLength: 1024 }))),
    scope_request: Type.Optional(nullable(ScopeRequest)),
  },
  closed,
)
export type SessionClaim = Static<typeof SessionClaim>
export const SessionRegistered = Type.Object({ hash: SessionHash, url: Url, created: Type.Boolean() }, closed)
