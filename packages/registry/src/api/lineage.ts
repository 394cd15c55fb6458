/** What the registry answers about artifacts, jobs and sessions, and about how they hang together. */
import { type Static, Type } from 'typebox'
import { Role } from './claims.ts'
import { Algorithm, closed, JobUid, nullable, OpenObject, Proof, pageOf, Size, Time, Url } from './words.ts'

/** Who said so. `by` is null for anonymous registrations. */
export const Claim = Type.Object({ by: nullable(Type.String()), at: Time, proof: Proof }, closed)

/** A digest with everybody who vouches that these are digests of the same bytes. */
export const KnownDigest = Type.Object(
  { algorithm: Algorithm, digest: Type.String(), claims: Type.Array(Claim) },
  closed,
)

export const Visibility = Type.Union([
  Type.Literal('anonymous'),
  Type.Literal('public'),
  Type.Literal('private'),
  Type.Literal('project'),
])

export const Tombstone = Type.Object({ at: Time, reason: nullable(Type.String()) }, closed)

/** How often, by how many, and how strongly it was made again. */
export const ReproductionCount = Type.Object(
  {
    total: Type.Integer(),
    reproducers: Type.Integer(),
    identical: Type.Integer(),
    content: Type.Integer(),
    tolerance: Type.Integer(),
    different: Type.Integer(),
    missing: Type.Integer(),
  },
  closed,
)
export type ReproductionCount = Static<typeof ReproductionCount>

const jobShort = {
  id: Type.String(),
  job_uid: JobUid,
  command: nullable(Type.String()),
  job_type: Type.String(),
  step_number: Type.Integer(),
  git_repo: nullable(Type.String()),
  git_commit: nullable(Type.String()),
  git_branch: nullable(Type.String()),
  started_at: nullable(Time),
  duration_seconds: nullable(Type.Number()),
  exit_code: nullable(Type.Integer()),
  dirty: Type.Boolean(),
  withdrawn: nullable(Tombstone),
  superseded_by: nullable(Type.String()),
}
export const JobSummary = Type.Object(jobShort, closed)
export type JobSummary = Static<typeof JobSummary>

export const Use = Type.Object(
  { job: JobSummary, path: nullable(Type.String()), session: nullable(Type.String()) },
  closed,
)

const artifactShort = {
  /** The primary digest: that of `algorithm`. */
  hash: Type.String(),
  algorithm: Algorithm,
  hashes: Type.Array(KnownDigest),
  size: nullable(Size),
  kind: Type.Union([Type.Literal('file'), Type.Literal('composite')]),
  format: nullable(Type.String()),
  members: nullable(Type.Integer()),
  visibility: Visibility,
  first_registered_at: Time,
  withdrawn: nullable(Tombstone),
}
export const ArtifactSummary = Type.Object(artifactShort, closed)
export type ArtifactSummary = Static<typeof ArtifactSummary>

/** A member of a composite by whose digest that was found. */
export const Held = Type.Object({ path: Type.String(), size: nullable(Size) }, closed)
export type Held = Static<typeof Held>

export const Artifact = Type.Object(
  {
    ...artifactShort,
    metadata: nullable(Type.String()),
    locations: Type.Array(Type.Object({ url: Url, source_type: nullable(Type.String()) }, closed)),
    /** Newest first, at most 100 each. */
    produced_by: Type.Array(Use),
    /** Jobs that read it. */
    consumed_by: Type.Array(Use),
    /** Jobs that made something of it without reading it, as by appending. */
    kept_by: Type.Array(Use),
    labels: OpenObject,
    reproduction: ReproductionCount,
    /** Other artifacts of which somebody claims one of these digests: a conflict, unless the claims are of the same bytes. */
    also: Type.Array(ArtifactSummary),
    /** What was asked for by a digest that only one of its members has. */
    member: nullable(Held),
    url: Url,
    // The same facts under the names that older clients read.
    registeredAt: Time,
    isComposite: Type.Boolean(),
    originalSessionHash: nullable(Type.String()),
  },
  closed,
)
export type Artifact = Static<typeof Artifact>

export const FindRequest = Type.Object(
  { digests: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 10_000 }) },
  closed,
)
/** `found` and `missing` together name every digest of the request, in its order. Whole digests only. */
export const FindResult = Type.Object(
  {
    found: Type.Array(
      Type.Object({ digest: Type.String(), artifact: ArtifactSummary, member: nullable(Held) }, closed),
    ),
    missing: Type.Array(Type.String()),
  },
  closed,
)
export type FindResult = Static<typeof FindResult>

export const JobEdge = Type.Object(
  {
    role: Role,
    hash: nullable(Type.String()),
    algorithm: nullable(Algorithm),
    path: nullable(Type.String()),
    path_b64: nullable(Type.String()),
    size: nullable(Size),
    kind: Type.Union([Type.Literal('file'), Type.Literal('composite')]),
    access: Type.Array(Type.String()),
    sourced: nullable(Type.String()),
    reason: nullable(Type.String()),
    kept_for: nullable(Type.String()),
  },
  closed,
)
export type JobEdge = Static<typeof JobEdge>

export const Job = Type.Object(
  {
    ...jobShort,
    name: nullable(Type.String()),
    argv: nullable(Type.Array(Type.String())),
    cwd: nullable(Type.String()),
    signal: nullable(Type.String()),
    metadata: nullable(Type.String()),
    record: nullable(OpenObject),
    supersedes: nullable(Type.String()),
    sessions: Type.Array(Type.String()),
    visibility: Visibility,
    labels: OpenObject,
    inputs: Type.Array(JobEdge),
    outputs: Type.Array(JobEdge),
    url: Url,
  },
  closed,
)
export type Job = Static<typeof Job>

export const SessionSummary = Type.Object(
  {
    hash: Type.String(),
    git_repo: nullable(Type.String()),
    git_commit: nullable(Type.String()),
    git_branch: nullable(Type.String()),
    visibility: Visibility,
    registered_by: nullable(Type.String()),
    registered_at: Time,
    jobs_count: Type.Integer(),
    withdrawn: nullable(Tombstone),
    url: Url,
  },
  closed,
)
export type SessionSummary = Static<typeof SessionSummary>
export const Session = Type.Object(
  {
    ...SessionSummary.properties,
    labels: OpenObject,
    /** In the order of their steps, at most 10,000. */
    jobs: Type.Array(JobSummary),
  },
  closed,
)
export type Session = Static<typeof Session>

export const SessionPage = pageOf(SessionSummary)
export const JobPage = pageOf(Type.Object({ ...jobShort, visibility: Visibility }, closed))

export const LineageQuery = Type.Object(
  {
    depth: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 1 })),
    direction: Type.Optional(Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('both')])),
    /** Most nodes of the answer. */
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 10_000 })),
  },
  closed,
)

export const LineageNode = Type.Union([
  Type.Object({ type: Type.Literal('artifact'), id: Type.String(), depth: Type.Integer(), ...artifactShort }, closed),
  Type.Object({ type: Type.Literal('job'), depth: Type.Integer(), ...jobShort }, closed),
])
export type LineageNode = Static<typeof LineageNode>
/** `member`: from a composite to a file that is in its list of members, under `path`, and that no job made by itself. */
export const LineageEdge = Type.Object(
  {
    from: Type.String(),
    to: Type.String(),
    path: nullable(Type.String()),
    role: Type.Union([Role, Type.Literal('member')]),
  },
  closed,
)
export type LineageEdge = Static<typeof LineageEdge>

/**
 * `schema: roar.lineage/1`. As NDJSON (`Accept: application/x-ndjson`): one `{"node":…}` or `{"edge":…}` a line, each level as it is found,
 * and `{"end":{"truncated":…}}` last. `frontier` names where to go on when a limit was met.
 */
export const Lineage = Type.Object(
  {
    schema: Type.Literal('roar.lineage/1'),
    root: Type.String(),
    nodes: Type.Array(LineageNode),
    edges: Type.Array(LineageEdge),
    truncated: Type.Boolean(),
    frontier: Type.Array(Type.String()),
    /** The root and what made it, in the words of older clients. */
    artifact: ArtifactSummary,
    produced_by: Type.Array(Use),
    consumed_by: Type.Array(Use),
    producedBy: nullable(
      Type.Object({ jobUid: JobUid, command: nullable(Type.String()), sessionHash: nullable(Type.String()) }, closed),
    ),
  },
  closed,
)
export type Lineage = Static<typeof Lineage>
