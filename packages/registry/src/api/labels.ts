/** Labels: one document of notes a target, with its history. */
import { type Static, Type } from 'typebox'
import { DigestReference, JobUid, nullable, OpenObject, SessionHash, Time } from './words.ts'

export const EntityType = Type.Union([
  Type.Literal('dag'),
  Type.Literal('job'),
  Type.Literal('artifact'),
  Type.Literal('composite'),
])

const target = {
  entity_type: EntityType,
  session_hash: Type.Optional(nullable(SessionHash)),
  job_uid: Type.Optional(nullable(JobUid)),
  artifact_hash: Type.Optional(nullable(DigestReference)),
}
export const LabelTarget = Type.Object(target, { additionalProperties: false })
export type LabelTarget = Static<typeof LabelTarget>

const Keys = Type.Array(Type.String({ maxLength: 256 }), { maxItems: 1000 })

/** Keys of `metadata` take the place of those of their name; others stay. */
export const LabelDocument = Type.Object(
  {
    ...target,
    metadata: Type.Optional(OpenObject),
    /** Taken away; `a.b` also names `b` in the object `a`. `deleted_keys` is what older clients call it. */
    remove: Type.Optional(Keys),
    deleted_keys: Type.Optional(Keys),
    /** The version that the change was made from: another one by now is a conflict. 0: there were none. */
    base_version: Type.Optional(nullable(Type.Integer({ minimum: 0 }))),
  },
  { additionalProperties: true },
)
export type LabelDocument = Static<typeof LabelDocument>

export const LabelBatch = Type.Object(
  { labels: Type.Array(LabelDocument, { maxItems: 10_000 }) },
  { additionalProperties: true },
)
export const LabelReconcile = Type.Object(
  {
    session_hash: Type.Optional(nullable(SessionHash)),
    mode: Type.Optional(Type.String({ maxLength: 64 })),
    dry_run: Type.Optional(Type.Boolean()),
    /** Keys that the document does not name are taken away. */
    prune: Type.Optional(Type.Boolean()),
    labels: Type.Array(LabelDocument, { maxItems: 1000 }),
  },
  { additionalProperties: true },
)
export const LabelResult = Type.Object({
  created: Type.Integer(),
  updated: Type.Integer(),
  unchanged: Type.Integer(),
  noops: Type.Integer(),
})
export type LabelResult = Static<typeof LabelResult>

/** What became of one document, which is named as the request named it. */
export const LabelChange = Type.Object({
  entityType: EntityType,
  sessionHash: nullable(SessionHash),
  jobUid: nullable(JobUid),
  artifactHash: nullable(DigestReference),
  action: Type.Union([Type.Literal('created'), Type.Literal('updated'), Type.Literal('noop')]),
  version: Type.Integer(),
  /** Not there any more, whether or not they were. */
  deletedKeys: Type.Array(Type.String()),
})
export type LabelChange = Static<typeof LabelChange>

export const LabelReconciled = Type.Object({
  ...LabelResult.properties,
  processed: Type.Integer(),
  deletedKeys: Type.Integer(),
  results: Type.Array(LabelChange),
  dry_run: Type.Boolean(),
})

export const LabelVersion = Type.Object({
  version: Type.Integer(),
  metadata: OpenObject,
  at: Time,
  by: nullable(Type.String()),
  sessionHash: nullable(Type.String()),
  artifactHash: nullable(Type.String()),
  jobUid: nullable(Type.String()),
})
export type LabelVersion = Static<typeof LabelVersion>
/** Newest first; `labels` is the same list, by the name that older clients know. */
export const LabelHistory = Type.Object({ versions: Type.Array(LabelVersion), labels: Type.Array(LabelVersion) })
