/** The words that every document of the API is made of: digests, times, identifiers, pages. Sizes are bytes, times ISO 8601 in UTC. */
import { type Static, type TSchema, Type } from 'typebox'

/** Every schema closes its objects unless it says otherwise: an unknown field is a mistake that its sender should hear of. */
export const closed = { additionalProperties: false } as const

export const Algorithm = Type.String({
  pattern: '^[a-z0-9][a-z0-9._-]{0,31}$',
  description: 'Name of a hash algorithm in lower case, as blake3, sha256, sha1, etag.',
})

/** Most are hex; S3's multipart ETags have a dash and the number of parts behind it. */
export const DigestText = Type.String({
  pattern: '^([0-9a-f]{2}){4,64}(-[0-9]{1,5})?$',
  description: 'A digest in lower-case hex.',
})

/** `ab12cd34…` or `sha256:ab12cd34…`; 8 digits suffice where they are unique. */
export const DigestReference = Type.String({
  pattern: '^([a-z0-9][a-z0-9._-]{0,31}:)?[0-9a-fA-F]{8,128}(-[0-9]{1,5})?$',
  description: 'A digest of any algorithm or its first 8 or more hex digits, with or without the algorithm in front.',
})

/**
 * How a statement about bytes is known. `verified`: whoever says so read the bytes. `asserted`: taken from a source that said so.
 * `derived`: computed by a third party, as an object store's checksum.
 */
export const Proof = Type.Union([Type.Literal('verified'), Type.Literal('asserted'), Type.Literal('derived')])
export type Proof = Static<typeof Proof>

export const Digest = Type.Object({ algorithm: Algorithm, digest: DigestText, proof: Type.Optional(Proof) }, closed)
export type Digest = Static<typeof Digest>

export const Time = Type.String({ description: 'ISO 8601, UTC.' })
export const Size = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Bytes.' })

export const SessionHash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'The hash of a published session.' })
export const JobUid = Type.String({
  pattern: '^[A-Za-z0-9_.:-]{1,128}$',
  description: "The client's name for a job: 8 hex digits from roar, others from other clients.",
})
export const JobId = Type.String({ pattern: '^[0-9a-f]{32}$', description: "The registry's name for a job." })
export const AccountName = Type.String({ pattern: '^[a-z0-9]([a-z0-9-]{0,37}[a-z0-9])?$' })
export const Identifier = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })

/** A file's path as the job used it. */
export const PathText = Type.String({ maxLength: 16_384 })
export const Url = Type.String({ maxLength: 4096 })

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** Asks for one page of a list; `cursor` comes from the page before. */
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
}

/** `next` is null on the last page. */
export const pageOf = <T extends TSchema>(items: T) =>
  Type.Object({ items: Type.Array(items), next: nullable(Type.String()) }, closed)

/** Free facts under a name of the sender's choice; bounded in size by the body limit, in depth by `limits.depth`. */
export const OpenObject = Type.Object({}, { additionalProperties: true })
