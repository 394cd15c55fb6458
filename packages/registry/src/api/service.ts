/** What the server says of itself. */
import { type Static, Type } from 'typebox'
import { closed } from './words.ts'

export const Health = Type.Object(
  {
    status: Type.Union([Type.Literal('healthy'), Type.Literal('unavailable')]),
    version: Type.String(),
    api: Type.Literal('v1'),
    features: Type.Object(
      {
        registration_sessions: Type.Object(
          { anonymous_public: Type.Boolean(), finalize_server_authoritative_hash: Type.Boolean() },
          closed,
        ),
        private_scopes: Type.Boolean(),
        /** Members of composites are taken in batches. */
        member_lists: Type.Boolean(),
        receipts: Type.Boolean(),
        signup: Type.Boolean(),
        login: Type.Array(Type.String()),
      },
      closed,
    ),
    /** Larger requests are refused with 413; a client splits its batches to stay below. */
    limits: Type.Object(
      {
        body_bytes: Type.Integer(),
        batch_items: Type.Integer(),
        lineage_nodes: Type.Integer(),
        json_depth: Type.Integer(),
        /** In one object. */
        json_names: Type.Integer(),
      },
      closed,
    ),
  },
  closed,
)
export type Health = Static<typeof Health>
