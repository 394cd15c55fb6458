/** What a client says when it registers: artifacts, jobs, and the links between them. */
import { type Static, Type } from 'typebox'
import {
  Algorithm,
  closed,
  Digest,
  DigestText,
  JobId,
  JobUid,
  nullable,
  OpenObject,
  PathText,
  Proof,
  SessionHash,
  Size,
  Url,
} from './words.ts'

const Metadata = Type.String({ maxLength: 262_144, description: 'Free text, by custom a JSON object.' })

const artifact = {
  hashes: Type.Array(Digest, { minItems: 1, maxItems: 16, description: 'Digests of the same bytes.' }),
  size: nullable(Size),
  source_type: Type.Optional(nullable(Type.String({ maxLength: 32 }))),
  source_url: Type.Optional(nullable(Url)),
  metadata: Type.Optional(nullable(Metadata)),
  kind: Type.Optional(Type.Union([Type.Literal('file'), Type.Literal('composite')])),
  format: Type.Optional(nullable(Type.String({ maxLength: 64 }))),
  members: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))),
  /** Holds for each digest that says nothing itself; `verified` by default. */
  proof: Type.Optional(Proof),
}

export const ArtifactClaim = Type.Object({ ...artifact, session_hash: Type.Optional(SessionHash) }, closed)
export type ArtifactClaim = Static<typeof ArtifactClaim>

export const ArtifactInSession = Type.Object({ ...artifact, session_hash: SessionHash }, closed)

/** A member of a composite, as it is listed for look-ups. */
export const Component = Type.Object(
  {
    relative_path: PathText,
    component_digest: Type.Optional(nullable(DigestText)),
    component_algorithm: Type.Optional(nullable(Algorithm)),
    component_size: Type.Optional(nullable(Size)),
    component_type: Type.Optional(nullable(Type.String({ maxLength: 64 }))),
    leaf_kind: Type.Optional(nullable(Type.String({ maxLength: 32 }))),
    /** Further digests of the same bytes. */
    hashes: Type.Optional(Type.Array(Digest, { maxItems: 16 })),
  },
  { additionalProperties: true },
)
export type Component = Static<typeof Component>

/** A part of a composite's list of members: those from the place `first` on. The composite itself is claimed as an artifact. */
export const ComponentList = Type.Object(
  {
    algorithm: Algorithm,
    hash: DigestText,
    first: Type.Integer({ minimum: 0, maximum: 0x7fff_ffff }),
    components: Type.Array(Component, { maxItems: 10_000 }),
  },
  closed,
)
export type ComponentList = Static<typeof ComponentList>

export const CompositeClaim = Type.Object(
  {
    ...artifact,
    hash: DigestText,
    session_hash: Type.Optional(SessionHash),
    component_count_total: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    components: Type.Array(Component, { maxItems: 100_000 }),
    membership_index: Type.Optional(nullable(OpenObject)),
  },
  { additionalProperties: true },
)
export type CompositeClaim = Static<typeof CompositeClaim>

export const JobClaim = Type.Object(
  {
    job_uid: JobUid,
    command: Type.String({ maxLength: 262_144 }),
    /** Start, seconds since the epoch. */
    timestamp: Type.Number({ minimum: 0, maximum: 253_402_300_799 }),
    duration_seconds: Type.Optional(nullable(Type.Number({ minimum: 0, maximum: 1e9 }))),
    exit_code: Type.Optional(nullable(Type.Integer({ minimum: -2147483648, maximum: 2147483647 }))),
    signal: Type.Optional(nullable(Type.String({ maxLength: 16 }))),
    job_type: Type.Optional(nullable(Type.String({ maxLength: 32 }))),
    step_number: Type.Integer({ minimum: 0, maximum: 2147483647 }),
    name: Type.Optional(nullable(Type.String({ maxLength: 256 }))),
    git_repo: Type.Optional(nullable(Url)),
    git_commit: Type.Optional(nullable(Type.String({ maxLength: 64 }))),
    git_branch: Type.Optional(nullable(Type.String({ maxLength: 1024 }))),
    dirty: Type.Optional(Type.Boolean()),
    parent_job_uid: Type.Optional(nullable(JobUid)),
    metadata: Type.Optional(nullable(Metadata)),
    argv: Type.Optional(Type.Array(Type.String({ maxLength: 131_072 }), { maxItems: 65_536 })),
    /** Relative to the root of the repository, or absolute. */
    cwd: Type.Optional(nullable(PathText)),
    /** `job` of a roar.job/1 document without its edges: environment, packages, tracer and coverage, processes, filtered. */
    record: Type.Optional(OpenObject),
    /** The job of the registry that this one corrects. */
    supersedes: Type.Optional(nullable(JobId)),
  },
  closed,
)
export type JobClaim = Static<typeof JobClaim>

/** One artifact as a job used it. Without `hash` only with a `reason`: the edge is kept, its content is unknown. */
export const LinkClaim = Type.Object(
  {
    hash: Type.Optional(nullable(DigestText)),
    /** Asked for among the artifacts of the same registration when it is left out; `blake3` where those do not know it. */
    algorithm: Type.Optional(Algorithm),
    path: PathText,
    /** Base64 of the path's bytes, where it is not UTF-8. */
    path_b64: Type.Optional(Type.String({ maxLength: 24_576 })),
    size: Type.Optional(nullable(Size)),
    source_type: Type.Optional(nullable(Type.String({ maxLength: 32 }))),
    metadata: Type.Optional(nullable(Metadata)),
    byte_ranges: Type.Optional(nullable(Type.Unknown())),
    access: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 32 })),
    sourced: Type.Optional(nullable(Type.String({ maxLength: 16 }))),
    reason: Type.Optional(nullable(Type.String({ maxLength: 64 }))),
    kind: Type.Optional(Type.Union([Type.Literal('file'), Type.Literal('composite')])),
    format: Type.Optional(nullable(Type.String({ maxLength: 64 }))),
    code: Type.Optional(Type.Boolean()),
    /** Of an input that was kept and not read: the path of the output that keeps it. No other output comes of it. */
    kept_for: Type.Optional(nullable(PathText)),
  },
  closed,
)
export type LinkClaim = Static<typeof LinkClaim>

export const Role = Type.Union([Type.Literal('input'), Type.Literal('output')])
export type Role = Static<typeof Role>

/** All links of one job; several of these may speak of the same job, their links are joined. */
export const JobLinks = Type.Object(
  {
    job_uid: JobUid,
    inputs: Type.Optional(Type.Array(LinkClaim, { maxItems: 10_000 })),
    outputs: Type.Optional(Type.Array(LinkClaim, { maxItems: 10_000 })),
  },
  closed,
)
export type JobLinks = Static<typeof JobLinks>
