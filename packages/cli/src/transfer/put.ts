/** `roar put`: sends, compares and records. */
import { isUrl, RoarError } from '@roar/core'
import {
  type MovedComposite,
  recordTransfer,
  resumableUploads,
  type Transferred,
  transferAlgorithms,
  upload,
} from '@roar/host'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import type { Report } from '../output/report.ts'
import { transferView } from '../output/views/transfer.ts'
import { interruptible } from './interruptible.ts'
import { type PutPlan, planPut } from './plan-put.ts'
import { dryRunDocument, transferDocument } from './transfer-document.ts'
import { TransferLine } from './transfer-line.ts'
import { storageFor, transferRecorder } from './transfer-room.ts'

export interface PutOptions {
  /** Sources, then the URL. */
  readonly words: readonly string[]
  readonly algorithms: readonly string[]
  readonly replace: boolean
  readonly dryRun: boolean
  readonly name: string | null
  readonly tags: Readonly<Record<string, string>>
}

export async function put(services: Services, options: PutOptions, report: Report): Promise<void> {
  const url = options.words.at(-1) ?? ''
  if (options.words.length < 2 || !isUrl(url)) throw noDestination(url)
  await Promise.all([storageFor(services, url), services.get('workspace')])
  const planned = await planPut(services, options.words.slice(0, -1), url)
  for (const { path, reason } of planned.leftOut) report.warn(`${visible(path)} is not sent: ${reason}`)
  if (options.dryRun) return report.answer(dryRunDocument('put', planned.files, planned.leftOut), transferView)
  await interruptible(async (signal, interrupted) => {
    const recorder = await transferRecorder(services, interrupted)
    const request = {
      kind: 'put' as const,
      argv: ['roar', 'put', ...options.words],
      name: options.name,
      tags: options.tags,
    }
    const done: Transferred[] = []
    const recorded = await recordTransfer(recorder, request, (tell) =>
      sendAll(services, options, planned, signal, (one) => {
        done.push(one)
        tell(one)
      }),
    )
    report.answer(transferDocument('put', recorded, done, planned.leftOut), transferView)
  })
}

async function sendAll(
  services: Services,
  { algorithms, replace }: PutOptions,
  { files, composites }: PutPlan,
  signal: AbortSignal,
  done: (one: Transferred) => void,
): Promise<readonly MovedComposite[]> {
  const [plugins, config, workspace] = await Promise.all([
    services.get('plugins'),
    services.get('config'),
    services.get('workspace'),
  ])
  const line = new TransferLine(files.reduce((sum, one) => sum + one.size, 0))
  const resume = resumableUploads(workspace)
  const sent: Transferred[] = []
  try {
    for (const { file, url, size, recorded } of files) {
      const storage = await storageFor(services, url)
      const part = storage.partSize?.(size) ?? null
      const useful = [part === null ? 'md5' : etagAlgorithm(part), ...Object.keys(recorded ?? {})]
      const chosen = await transferAlgorithms(plugins, [...config.algorithms('put'), ...algorithms], useful)
      line.file(file)
      const onProgress = (bytes: number): void => line.add(bytes)
      const room = { storage, algorithms: chosen, replace, signal, onProgress, resume, ...(recorded && { recorded }) }
      const { object, digests } = await upload(room, file, url)
      const one = { file, remote: object, size, digests }
      sent.push(one)
      done(one)
    }
  } finally {
    line.clear()
  }
  return foldersSent(services, composites, sent)
}

async function foldersSent(
  services: Services,
  composites: PutPlan['composites'],
  sent: readonly Transferred[],
): Promise<readonly MovedComposite[]> {
  const moved: MovedComposite[] = []
  for (const { folder, url, declared } of composites) {
    const { movedComposite } = await import('./moved-composite.ts')
    const composite = await movedComposite(services, folder, url, sent, declared)
    if (composite) moved.push(composite)
  }
  return moved
}

const etagAlgorithm = (part: number): string => `s3-etag-${part % (1 << 20) === 0 ? `${part / (1 << 20)}m` : part}`

const noDestination = (url: string): RoarError =>
  new RoarError('ROAR_USAGE', `'${visible(url)}' is no URL to put to.`, {
    remedy: ['roar put FILE s3://bucket/key', 'roar put @3 s3://bucket/folder/'],
    exitCode: 2,
  })
