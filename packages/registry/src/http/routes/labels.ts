/** Labels of what is published. */
import {
  LabelBatch,
  LabelHistory,
  LabelReconcile,
  LabelReconciled,
  LabelResult,
  LabelTarget,
  LabelVersion,
} from '../../api/index.ts'
import { requireAccount, requireRight } from '../../identity/principal.ts'
import { labelledTarget } from '../../read/label-target.ts'
import { labelVersions } from '../../read/labels.ts'
import { notFound } from '../../refusal.ts'
import type { Registry } from '../../registry.ts'
import { audit } from '../../write/audit.ts'
import { reconcileLabels, setLabels } from '../../write/labels.ts'
import type { App } from '../app.ts'

const tags = ['labels']

export function labelRoutes(app: App, registry: Registry): void {
  app.post(
    '/api/v1/labels/sync',
    { schema: { tags, body: LabelBatch, response: { 200: LabelResult } } },
    async (request) => {
      requireAccount(request.principal)
      requireRight(request.principal, 'write')
      const result = await setLabels(registry, request.principal, request.body.labels, {})
      await audit(registry, request, 'labels.change', null)
      return result
    },
  )
  app.post(
    '/api/v1/labels/reconcile',
    { schema: { tags, body: LabelReconcile, response: { 200: LabelReconciled } } },
    async (request) => {
      requireAccount(request.principal)
      requireRight(request.principal, 'write')
      const { labels, session_hash, prune = false, dry_run = false } = request.body
      const documents = labels.map((one) => ({ ...one, session_hash: one.session_hash ?? session_hash ?? null }))
      const result = await reconcileLabels(registry, request.principal, documents, { prune, dryRun: dry_run })
      if (!dry_run) await audit(registry, request, 'labels.change', session_hash ?? null)
      return { ...result, dry_run }
    },
  )
  app.get(
    '/api/v1/labels/current',
    { schema: { tags, querystring: LabelTarget, response: { 200: LabelVersion } } },
    async (request) => {
      const target = await labelledTarget(registry, request.principal, request.query)
      const [newest] = await labelVersions(registry, target)
      if (!newest) throw notFound('label')
      return newest
    },
  )
  app.get(
    '/api/v1/labels/history',
    { schema: { tags, querystring: LabelTarget, response: { 200: LabelHistory } } },
    async (request) => {
      const target = await labelledTarget(registry, request.principal, request.query)
      const versions = [...(await labelVersions(registry, target))]
      return { versions, labels: versions }
    },
  )
}
