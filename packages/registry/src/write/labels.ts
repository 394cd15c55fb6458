/** Labels are versions: a change adds one, and says who made it. */
import type { LabelChange, LabelDocument, LabelResult } from '../api/index.ts'
import type { Writer } from '../database/database.ts'
import type { Principal } from '../identity/principal.ts'
import { currentLabelRow, labelDocument } from '../read/labels.ts'
import { sealRow } from '../realm/sealed-rows.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { changeLabelTerms } from './label-terms.ts'
import { mergeLabels, removedKeys } from './merge-labels.ts'
import { type OwnTarget, ownTarget } from './own-label-target.ts'

export interface LabelOptions {
  /** The session of a registration, whose owner is known already: all targets must be in it. */
  readonly session?: Buffer
  readonly prune?: boolean
  readonly dryRun?: boolean
  /** Objects in a document are merged into those that are there. */
  readonly within?: boolean
}

export async function setLabels(
  registry: Registry,
  principal: Principal,
  documents: readonly LabelDocument[],
  options: LabelOptions,
): Promise<LabelResult> {
  return resultOf(await changeLabels(registry, principal, documents, options))
}

/** As older clients change labels of what is published: each document is a patch, and it is told what became of it. */
export async function reconcileLabels(
  registry: Registry,
  principal: Principal,
  documents: readonly LabelDocument[],
  options: LabelOptions,
) {
  const results = await changeLabels(registry, principal, documents, { ...options, within: true })
  const deletedKeys = results.reduce((sum, one) => sum + one.deletedKeys.length, 0)
  return { ...resultOf(results), processed: results.length, deletedKeys, results }
}

function resultOf(changes: readonly LabelChange[]): LabelResult {
  const count = (action: LabelChange['action']) => changes.filter((one) => one.action === action).length
  return { created: count('created'), updated: count('updated'), unchanged: count('noop'), noops: count('noop') }
}

async function changeLabels(
  registry: Registry,
  principal: Principal,
  documents: readonly LabelDocument[],
  options: LabelOptions,
): Promise<LabelChange[]> {
  return registry.database.write(async (tx) => {
    const changes: LabelChange[] = []
    for (const document of documents) {
      const to = await ownTarget(tx, principal, document, options.session ?? null)
      const { entity_type, session_hash = null, job_uid = null, artifact_hash = null } = document
      changes.push({
        entityType: entity_type,
        sessionHash: session_hash,
        jobUid: job_uid,
        artifactHash: artifact_hash,
        ...(await setLabel(registry, tx, principal, to, document, options)),
        deletedKeys: [...removedKeys(document)],
      })
    }
    return changes
  })
}

async function setLabel(
  registry: Registry,
  tx: Writer,
  principal: Principal,
  to: OwnTarget,
  document: LabelDocument,
  options: LabelOptions,
): Promise<Pick<LabelChange, 'action' | 'version'>> {
  const row = await currentLabelRow(tx, to.realm, to.target)
  const { base_version: from } = document
  const known = row?.version ?? 0
  if (from != null && from !== known) throw changedMeanwhile()
  const before = labelDocument(row)
  const after = mergeLabels(options.prune ? {} : before, document, { within: options.within === true })
  if (JSON.stringify(after) === JSON.stringify(before)) return { action: 'noop', version: known }
  const done = { action: row ? 'updated' : 'created', version: known + 1 } as const
  if (options.dryRun) return done
  const version = {
    target: to.target,
    version: done.version,
    realm: to.realm.id,
    session: to.session,
    account: principal.account?.id ?? null,
    at: registry.now(),
    document: JSON.stringify(after),
    sealed: null,
  }
  const added = await registry.database.insertNew(tx, 'labels', [sealRow(to.realm, 'labels', version)])
  if (added === 0) throw changedMeanwhile()
  await changeLabelTerms(registry, tx, to, before, after)
  return done
}

const changedMeanwhile = (): Refusal =>
  new Refusal('ROAR_REGISTRY_CONFLICT', 'Somebody changed these labels at the same time.')
