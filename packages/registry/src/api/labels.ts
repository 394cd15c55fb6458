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

/** `metadata` takes the place of what was there; keys below `system.` are kept. */
export const LabelDocument = Type.Object(
  {
    ...target,
    metadata: Type.Optional(OpenObject),
    remove: Type.Optional(Type.Array(Type.String({ maxLength: 256 }))),
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
export const LabelHistory = Type.Object({ versions: Type.Array(LabelVersion) })
