/** Jobs: one of them, or those that fit a question. */
import { Type } from 'typebox'
import { closed, Job, JobId, JobPage, PageQuery } from '../../api/index.ts'
import { requireRight } from '../../identity/principal.ts'
import { jobDocument } from '../../read/job.ts'
import { searchJobs } from '../../read/search.ts'
import type { Registry } from '../../registry.ts'
import { type App, pageOf } from '../app.ts'

const tags = ['jobs']
const Text = Type.Optional(Type.String({ minLength: 1, maxLength: 1024 }))
const Query = Type.Object(
  {
    /** Words of the command: whole ones, all of them, in any order, case aside. */
    command: Text,
    repository: Text,
    commit: Text,
    /** Of an input or output, as parquet or zarr. */
    format: Text,
    /** `key` or `key=value`. */
    label: Text,
    since: Type.Optional(Type.String({ format: 'date-time' })),
    until: Type.Optional(Type.String({ format: 'date-time' })),
    ...PageQuery,
  },
  closed,
)

export function jobRoutes(app: App, registry: Registry): void {
  app.get('/api/v1/jobs', { schema: { tags, querystring: Query, response: { 200: JobPage } } }, async (request) => {
    requireRight(request.principal, 'read')
    return searchJobs(registry, request.principal, request.query, pageOf(request.query))
  })
  app.get(
    '/api/v1/jobs/:id',
    { schema: { tags, params: Type.Object({ id: JobId }), response: { 200: Job } } },
    async (request) => jobDocument(registry, request.principal, request.params.id),
  )
}
