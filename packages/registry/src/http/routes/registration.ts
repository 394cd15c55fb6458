/** What the routes below one staged registration share: its address, and who may go there. */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Identifier, JobUid } from '../../api/index.ts'
import { registrationToken } from '../../identity/authenticate.ts'
import type { Registry } from '../../registry.ts'
import { ownRegistration } from '../../write/registrations.ts'

export const at = '/api/v1/registration-sessions/:id'
export const params = Type.Object({ id: Identifier })
export const jobParams = Type.Object({ id: Identifier, uid: JobUid })
export const tags = ['registration']

/** The registration that a request names, if it is the caller's or the caller has its token; else it is refused as absent. */
export const ownedBy =
  (registry: Registry) =>
  (request: FastifyRequest & { params: { id: string } }): ReturnType<typeof ownRegistration> =>
    ownRegistration(registry, request.principal, registrationToken(request.headers.authorization), request.params.id)
