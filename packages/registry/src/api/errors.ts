/** What every refusal looks like: a stable code, what happened, and the way out. The codes are explained in docs/errors. */
import { type Static, Type } from 'typebox'

export const ErrorDocument = Type.Object(
  {
    schema: Type.Literal('roar.error/1'),
    error: Type.Object({
      code: Type.String({ pattern: '^ROAR_[A-Z_]+$' }),
      message: Type.String(),
      cause: Type.Optional(Type.String()),
      remedy: Type.Array(Type.String()),
      docs: Type.String(),
      /** For AMBIGUOUS: what the reference could mean. For INVALID: the place in the request. */
      details: Type.Optional(Type.Array(Type.String())),
    }),
    request_id: Type.String(),
  },
  { additionalProperties: false },
)
export type ErrorDocument = Static<typeof ErrorDocument>

/** Refusals of the token endpoint of the device flow, in the shape of RFC 8628. */
export const DeviceRefusal = Type.Object({
  error: Type.Union([
    Type.Literal('authorization_pending'),
    Type.Literal('slow_down'),
    Type.Literal('expired_token'),
    Type.Literal('access_denied'),
    Type.Literal('unsupported_grant_type'),
    Type.Literal('invalid_grant'),
  ]),
  error_description: Type.String(),
})
export type DeviceRefusal = Static<typeof DeviceRefusal>
