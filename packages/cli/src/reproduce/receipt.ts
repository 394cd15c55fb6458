/** Makes the receipt of a reproduction and keeps it: in the workspace that asked, and as a file beside the clone. */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { type EnvironmentRecord, instant, type Receipt, type Registry } from '@roar/core'
import type { Recipe, Reproduced } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import { receiptCounts } from './receipt-counts.ts'
import { outputBody, type VerdictDocument } from './verdict-document.ts'

declare const ROAR_VERSION: string

export interface Finished {
  readonly recipe: Recipe
  readonly done: Reproduced
  readonly verdict: VerdictDocument
  readonly machine: Pick<EnvironmentRecord, 'os' | 'hardware' | 'hostname'>
}

export async function keepReceipt(services: Services, finished: Finished): Promise<Receipt> {
  const receipt = makeReceipt(finished)
  writeFileSync(finished.done.places.receipt, `${JSON.stringify(receiptBody(receipt), null, 2)}\n`, { mode: 0o600 })
  // Asked outside of a workspace, it is kept by the one that was made.
  const room = services.get('workspaceHere') ? services : services.at(finished.done.places.workspace)
  const store = await room.get('storeWriter')
  await store.recordReceipt(receipt)
  return receipt
}

function makeReceipt({ recipe, done, verdict, machine }: Finished): Receipt {
  const { os, hardware, hostname } = machine
  const asked = new Set(recipe.targets.map((one) => `${one.uid}\0${one.path}`))
  return {
    id: randomBytes(16).toString('hex'),
    madeAt: Date.now(),
    user: accountName(),
    ...{ hostname, os, hardware, version: ROAR_VERSION, session: recipe.session },
    ...{ verdict: verdict.verdict, accept: verdict.accept, holds: verdict.holds },
    relativeTolerance: verdict.tolerance.relative,
    absoluteTolerance: verdict.tolerance.absolute,
    substitutions: done.substitutions,
    outputs: done.outputs.filter((one) => asked.has(`${one.uid}\0${one.path}`)),
  }
}

/** A container may run under a number that has no account. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '')
  }
}

const receiptBody = (receipt: Receipt) => ({
  schema: 'roar.receipt/1' as const,
  id: receipt.id,
  made_at: instant(receipt.madeAt),
  by: {
    user: receipt.user,
    hostname: receipt.hostname,
    os: receipt.os,
    hardware: receipt.hardware,
    roar: receipt.version,
  },
  session: receipt.session,
  ...{ verdict: receipt.verdict, accept: receipt.accept, holds: receipt.holds },
  tolerance: { relative: receipt.relativeTolerance, absolute: receipt.absoluteTolerance },
  substitutions: receipt.substitutions,
  counts: receiptCounts(receipt.outputs),
  outputs: receipt.outputs.map((one) => outputBody({ ...one, comparer: one.comparer ?? null })),
})

/** To where the recipe came from: how often, by how many and how nearly something was made again is worth knowing to others. */
export async function registerReceipt(registry: Registry, recipe: Recipe, receipt: Receipt): Promise<void> {
  const { digest, session } = namedIn(recipe)
  await registry.receipt({
    receipt_id: receipt.id,
    ...(digest === null ? { session_hash: session } : { algorithm: digest[0], hash: digest[1] }),
    verdict: receipt.verdict,
    document: receiptBody({ ...receipt, user: '', hostname: '' }),
    environment: { os: receipt.os, hardware: receipt.hardware },
  })
}

/** One artifact, or else the whole session. */
function namedIn(recipe: Recipe): { readonly digest: readonly [string, string] | null; readonly session: string } {
  const [target] = recipe.targets
  const step = recipe.steps.find((one) => one.uid === target?.uid)
  const output = step?.outputs.find((one) => one.path === target?.path)
  const [digest = null] = recipe.targets.length === 1 ? Object.entries(output?.digests ?? {}) : []
  return { digest, session: recipe.session }
}
