/** Making something again: the recipe, and the receipts of those who tried. */
import { type Static, Type } from 'typebox'
import { Held, JobEdge, Visibility } from './lineage.ts'
import { Algorithm, closed, DigestText, JobUid, nullable, OpenObject, pageOf, Time, Url } from './words.ts'

/** A step of the recipe. The camel-case names are those that older clients read. */
export const Step = Type.Object(
  {
    id: Type.String(),
    jobUid: JobUid,
    jobType: Type.String(),
    stepNumber: Type.Integer(),
    command: nullable(Type.String()),
    argv: nullable(Type.Array(Type.String())),
    cwd: nullable(Type.String()),
    name: nullable(Type.String()),
    gitRepo: nullable(Type.String()),
    gitCommit: nullable(Type.String()),
    gitBranch: nullable(Type.String()),
    dirty: Type.Boolean(),
    exitCode: nullable(Type.Integer()),
    startedAt: nullable(Time),
    durationSeconds: nullable(Type.Number()),
    metadata: nullable(Type.String()),
    record: nullable(OpenObject),
    withdrawn: Type.Boolean(),
    visibility: Visibility,
    inputs: Type.Array(JobEdge),
    outputs: Type.Array(JobEdge),
  },
  closed,
)
export type Step = Static<typeof Step>

/** `schema: roar.recipe/1`. Steps in an order in which they can be run: set-up work first, producers before consumers. */
export const Recipe = Type.Object(
  {
    schema: Type.Literal('roar.recipe/1'),
    /** What is to be made: an artifact, or all of a session. */
    hash: nullable(Type.String()),
    algorithm: nullable(Algorithm),
    /** What was asked for by a digest that only one of its members has. */
    member: nullable(Held),
    sessionHash: nullable(Type.String()),
    gitRepo: nullable(Type.String()),
    gitCommit: nullable(Type.String()),
    gitBranch: nullable(Type.String()),
    jobs: Type.Array(Step),
    /** Inputs that no step makes: digest, and where the bytes are said to lie. */
    sources: Type.Array(
      Type.Object(
        {
          hash: Type.String(),
          algorithm: Algorithm,
          /** Every digest that is known of it: `{ blake3: …, sha256: … }`. */
          digests: Type.Record(Type.String(), Type.String()),
          size: nullable(Type.Integer()),
          paths: Type.Array(Type.String()),
          locations: Type.Array(Url),
          sourced: nullable(Type.String()),
          /** Of what no step makes by itself: the composite with it among its members, `blake3:…`. */
          member_of: nullable(Type.Object({ hash: Type.String(), path: Type.String() }, closed)),
        },
        closed,
      ),
    ),
    /** True when the recipe was cut at the registry's limit of steps, or a step has been withdrawn. */
    incomplete: Type.Boolean(),
    url: Url,
  },
  closed,
)
export type Recipe = Static<typeof Recipe>

export const Verdict = Type.Union([
  Type.Literal('identical'),
  Type.Literal('content'),
  Type.Literal('tolerance'),
  Type.Literal('different'),
  Type.Literal('missing'),
])
export type Verdict = Static<typeof Verdict>

export const ReceiptClaim = Type.Object(
  {
    /** Chosen by the client, so that a retry counts once. */
    receipt_id: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }),
    /** The artifact that was to be made; or `session_hash`, for all of a session. */
    hash: Type.Optional(nullable(DigestText)),
    algorithm: Type.Optional(nullable(Algorithm)),
    session_hash: Type.Optional(nullable(Type.String({ pattern: '^[0-9a-f]{64}$' }))),
    verdict: Verdict,
    /** A roar.verdict/1 document: what was compared, and what differed. */
    document: Type.Optional(OpenObject),
    /** Free facts of the place: os, machine, interpreter. */
    environment: Type.Optional(OpenObject),
    started_at: Type.Optional(nullable(Time)),
  },
  closed,
)
export type ReceiptClaim = Static<typeof ReceiptClaim>

export const Receipt = Type.Object(
  {
    receipt_id: Type.String(),
    hash: nullable(Type.String()),
    session_hash: nullable(Type.String()),
    verdict: Verdict,
    by: nullable(Type.String()),
    at: Time,
    document: nullable(OpenObject),
    environment: nullable(OpenObject),
  },
  closed,
)
export type Receipt = Static<typeof Receipt>
export const ReceiptPage = pageOf(Receipt)
