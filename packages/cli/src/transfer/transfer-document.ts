/** `roar.transfer/1`: what a `get` or `put` moved, or would move. */
import { type Digests, fromString, type PathFields, pathFields, stepName } from '@roar/core'
import { type RecordedTransfer, type Transferred, withoutSecrets } from '@roar/host'

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
}

export const transferDocument = (
  kind: 'get' | 'put',
  { handle }: RecordedTransfer,
  transferred: readonly Transferred[],
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
})

export const dryRunDocument = (
  kind: 'get' | 'put',
  planned: readonly { readonly file: string; readonly url: string; readonly size: number | null }[],
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
})
