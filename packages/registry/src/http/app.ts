/** The types of our Fastify: handlers know their bodies and queries from the schemas. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, FastifyTypeProvider, RawServerDefault } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Principal } from '../identity/principal.ts'
import type { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'

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

export type Routes = (app: App, registry: Registry) => void

/** Of a query that asks for a page; the schema's defaults hold. */
export const pageOf = ({ limit, cursor }: { limit?: number; cursor?: string }) => ({ limit: limit ?? 50, cursor })

export function refuseIf(condition: boolean, refusal: () => Refusal): void {
  if (condition) throw refusal()
}

/** Who asks, for the audit log and for limits: an account, else an address. */
export const callerOf = (request: FastifyRequest): string => request.principal?.account?.id ?? request.ip
