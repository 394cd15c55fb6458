/** Accounts, the device flow, tokens, SSH keys and projects. */
import { type Static, Type } from 'typebox'
import { AccountName, closed, Identifier, nullable, Time, Url } from './words.ts'

export const DeviceStart = Type.Object(
  {
    client_id: Type.Optional(Type.String({ maxLength: 64 })),
    client_name: Type.Optional(Type.String({ maxLength: 128 })),
  },
  { additionalProperties: true },
)
/** RFC 8628, section 3.2. */
export const DeviceCode = Type.Object(
  {
    device_code: Type.String(),
    user_code: Type.String(),
    verification_uri: Url,
    verification_uri_complete: Url,
    /** Seconds. */
    expires_in: Type.Integer(),
    interval: Type.Integer(),
  },
  closed,
)
export type DeviceCode = Static<typeof DeviceCode>

export const DeviceTokenRequest = Type.Object(
  {
    grant_type: Type.String({ maxLength: 128 }),
    device_code: Type.String({ maxLength: 256 }),
    client_id: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: true },
)
export const RefreshRequest = Type.Object(
  { refresh_token: Type.String({ maxLength: 256 }), client_id: Type.Optional(Type.String({ maxLength: 64 })) },
  { additionalProperties: true },
)

const account = {
  id: Identifier,
  sub: Type.String(),
  username: Type.String(),
  email: nullable(Type.String()),
}
export const User = Type.Object(account, closed)
export type User = Static<typeof User>

export const TokenSet = Type.Object(
  {
    access_token: Type.String(),
    refresh_token: Type.String(),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer(),
    refresh_expires_at: Time,
    status: Type.Literal('approved'),
    provider: Type.String(),
    issuer: Url,
    user: User,
  },
  closed,
)
export type TokenSet = Static<typeof TokenSet>

export const WhoAmI = Type.Object(
  {
    authenticated: Type.Boolean(),
    method: Type.Union([Type.Literal('anonymous'), Type.Literal('token'), Type.Literal('ssh')]),
    rights: Type.Array(Type.String()),
    user: nullable(User),
    creator_identity: Type.String(),
  },
  closed,
)
export type WhoAmI = Static<typeof WhoAmI>

export const Right = Type.Union([
  Type.Literal('read'),
  Type.Literal('write'),
  Type.Literal('withdraw'),
  Type.Literal('account'),
])
export type Right = Static<typeof Right>

export const TokenRequest = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    /** Never more than the caller has. */
    rights: Type.Array(Right, { minItems: 1, maxItems: 4, uniqueItems: true }),
    /** Days; at most 366. */
    expires_in_days: Type.Integer({ minimum: 1, maximum: 366, default: 90 }),
    /** `OWNER/PROJECT`: the token can do nothing elsewhere. */
    project: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,39}/[a-z0-9-]{1,39}$' })),
  },
  closed,
)
export type TokenRequest = Static<typeof TokenRequest>
export const TokenInfo = Type.Object(
  {
    id: Identifier,
    name: Type.String(),
    rights: Type.Array(Right),
    project: nullable(Type.String()),
    created_at: Time,
    expires_at: Time,
    last_used_at: nullable(Time),
  },
  closed,
)
export type TokenInfo = Static<typeof TokenInfo>
/** The secret is shown this once. */
export const TokenCreated = Type.Object({ ...TokenInfo.properties, token: Type.String() }, closed)

export const SshKeyRequest = Type.Object(
  {
    /** A line as in `id_ed25519.pub`. */
    public_key: Type.String({ minLength: 16, maxLength: 16_384 }),
    name: Type.Optional(Type.String({ maxLength: 64 })),
  },
  closed,
)
export const SshKey = Type.Object(
  { fingerprint: Type.String(), type: Type.String(), name: nullable(Type.String()), created_at: Time },
  closed,
)
export type SshKey = Static<typeof SshKey>

export const ProjectRequest = Type.Object(
  {
    name: AccountName,
    visibility: Type.Union([Type.Literal('private'), Type.Literal('public')]),
  },
  closed,
)
export type ProjectRequest = Static<typeof ProjectRequest>
export const MemberRole = Type.Union([Type.Literal('reader'), Type.Literal('writer'), Type.Literal('owner')])
export type MemberRole = Static<typeof MemberRole>
export const MemberRequest = Type.Object({ username: AccountName, role: MemberRole }, closed)
export const Project = Type.Object(
  {
    id: Identifier,
    name: Type.String(),
    slug: Type.String(),
    owner_id: Identifier,
    owner_name: Type.String(),
    visibility: Type.Union([Type.Literal('private'), Type.Literal('public')]),
    role: MemberRole,
    can_write: Type.Boolean(),
  },
  closed,
)
export type Project = Static<typeof Project>

export const AccessContext = Type.Object(
  {
    user: User,
    owners: Type.Array(
      Type.Object(
        {
          id: Identifier,
          type: Type.Literal('user'),
          name: Type.String(),
          slug: Type.String(),
          username: Type.String(),
        },
        closed,
      ),
    ),
    projects_by_owner: Type.Record(Type.String(), Type.Array(Project)),
  },
  closed,
)
export type AccessContext = Static<typeof AccessContext>
