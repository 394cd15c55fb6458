/** The types of our Fastify: handlers know their bodies and queries from the schemas. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, FastifyTypeProvider, RawServerDefault } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Principal } from '../identity/principal.ts'

export interface Schemas extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown
  serializer: this['schema'] extends TSchema ? Static<this['schema']> : unknown
}

export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, Schemas>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Nobody is asked who he is. */
    anybody?: boolean
  }
  interface FastifyRequest {
    /** Set before anything is validated. */
    principal: Principal
    /** Uncompressed, as it was signed; null without one. */
    bytes: Buffer | null
  }
}

/** Of a query that asks for a page; the schema's defaults hold. */
export const pageOf = ({ limit, cursor }: { limit?: number; cursor?: string }) => ({ limit: limit ?? 50, cursor })
