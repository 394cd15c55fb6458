/** `roar.transfer/1`: what a `get` or `put` moved, or would move. */
import { type Digests, fromString, type PathFields, pathFields, stepName } from '@roar/core'
import { type RecordedTransfer, type Transferred, withoutSecrets } from '@roar/host'
import type { LeftOut } from './step-outputs.ts'

export interface TransferFile extends PathFields {
  readonly url: string
  readonly size: number | null
  readonly digests: Digests
  readonly etag: string | null
  readonly version_id: string | null
}

export interface TransferDocument {
  readonly schema: 'roar.transfer/1'
  readonly kind: 'get' | 'put'
  readonly dry_run: boolean
  /** Null of a dry run. */
  readonly job: string | null
  readonly step: string | null
  readonly files: readonly TransferFile[]
  /** Composites among them, each recorded as one artifact. */
  readonly composites: readonly TransferComposite[]
  /** Outputs of a step that were not sent, and why. */
  readonly left_out: readonly LeftOut[]
}

export interface TransferComposite extends PathFields {
  readonly format: string | null
  readonly members: number
  readonly digests: Digests
}

export const transferDocument = (
  kind: 'get' | 'put',
  { handle, outcome }: RecordedTransfer,
  transferred: readonly Transferred[],
  leftOut: readonly LeftOut[] = [],
): TransferDocument => ({
  schema: 'roar.transfer/1',
  kind,
  dry_run: false,
  job: handle.uid,
  step: stepName(handle.step),
  files: transferred.map(({ file, remote, size, digests }) => ({
    ...pathFields(fromString(file)),
    url: withoutSecrets(remote.url),
    size,
    digests,
    etag: remote.etag,
    version_id: remote.versionId,
  })),
  composites: (kind === 'put' ? outcome.inputs : outcome.outputs)
    .filter((one) => one.kind === 'composite')
    .map(({ path, format, members, digests }) => ({ ...pathFields(path), format, members: members ?? 0, digests })),
  left_out: leftOut,
})

export const dryRunDocument = (
  kind: 'get' | 'put',
  planned: readonly { readonly file: string; readonly url: string; readonly size: number | null }[],
  leftOut: readonly LeftOut[] = [],
): TransferDocument => ({
  schema: 'roar.transfer/1',
  kind,
  dry_run: true,
  job: null,
  step: null,
  files: planned.map(({ file, url, size }) => ({
    ...pathFields(fromString(file)),
    url: withoutSecrets(url),
    size,
    digests: {},
    etag: null,
    version_id: null,
  })),
  composites: [],
  left_out: leftOut,
})
