/** `roar get`: fetches, checks and records. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  algorithmsFor,
  download,
  type ExpectedDigest,
  type MovedComposite,
  recordTransfer,
  type Transferred,
  transferAlgorithms,
} from '@roar/host'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { transferView } from '../output/views/transfer.ts'
import { interruptible } from './interruptible.ts'
import { folderOf, type PlannedGet, planGet } from './plan-get.ts'
import { dryRunDocument, transferDocument } from './transfer-document.ts'
import { TransferLine } from './transfer-line.ts'
import { storageFor, transferRecorder } from './transfer-room.ts'

export interface GetOptions {
  readonly url: string
  readonly destination: string | undefined
  readonly expected: ExpectedDigest | null
  readonly algorithms: readonly string[]
  readonly replace: boolean
  readonly dryRun: boolean
  readonly name: string | null
  readonly tags: Readonly<Record<string, string>>
}

export async function get(services: Services, options: GetOptions, report: Report): Promise<void> {
  const { url, destination, replace } = options
  const storage = await storageFor(services, url)
  await services.get('workspace')
  await interruptible(async (signal, interrupted) => {
    const place = { directory: services.get('directory'), destination, replace, signal }
    const planned = await planGet(storage, url, place)
    if (options.dryRun) {
      const files = planned.map(({ object, file }) => ({ file, url: object.url, size: object.size }))
      return report.answer(dryRunDocument('get', files), transferView)
    }
    const recorder = await transferRecorder(services, interrupted)
    const argv = ['roar', 'get', url, ...(destination === undefined ? [] : [destination])]
    const request = { kind: 'get' as const, argv, name: options.name, tags: options.tags }
    const done: Transferred[] = []
    const recorded = await recordTransfer(recorder, request, (tell) =>
      fetchAll(services, options, planned, signal, (one) => {
        done.push(one)
        tell(one)
      }),
    )
    report.answer(transferDocument('get', recorded, done), transferView)
  })
}

async function fetchAll(
  services: Services,
  { url, destination, expected: wanted, algorithms, replace }: GetOptions,
  planned: readonly PlannedGet[],
  signal: AbortSignal,
  done: (one: Transferred) => void,
): Promise<readonly MovedComposite[]> {
  const [storage, plugins, config, hashes] = await Promise.all([
    storageFor(services, url),
    services.get('plugins'),
    services.get('config'),
    services.get('hashes'),
  ])
  const isFolder = url.endsWith('/') && storage.list !== undefined
  // Of a folder the digest is that of all of it, as one.
  const expected = isFolder ? null : wanted
  const fetched: Transferred[] = []
  const made = new Set<string>()
  const sizes = planned.map(({ object }) => object.size)
  const line = new TransferLine(
    sizes.some((one) => one === null) ? null : sizes.reduce<number>((a, b) => a + (b ?? 0), 0),
  )
  try {
    for (const { object, file } of planned) {
      const { digests: asserted } = object
      const useful = [...Object.keys(asserted), ...(expected ? algorithmsFor(expected, asserted) : [])]
      const chosen = await transferAlgorithms(plugins, [...config.algorithms('get'), ...algorithms], useful)
      line.file(file)
      const outermost = mkdirSync(dirname(file), { recursive: true })
      if (outermost !== undefined) made.add(outermost)
      const onProgress = (bytes: number): void => line.add(bytes)
      const leastRate = config.leastRate()
      const room = { storage, algorithms: chosen, hashes, expected, replace, signal, leastRate, onProgress }
      const { digests, size } = await download(room, object, file)
      const one = { file, remote: object, size, digests }
      fetched.push(one)
      done(one)
    }
  } finally {
    line.clear()
  }
  return isFolder
    ? folderFetched(services, folderOf(services.get('directory'), url, destination), url, { fetched, made }, wanted)
    : []
}

async function folderFetched(
  services: Services,
  folder: string,
  url: string,
  { fetched, made }: { readonly fetched: readonly Transferred[]; readonly made: ReadonlySet<string> },
  wanted: ExpectedDigest | null,
): Promise<readonly MovedComposite[]> {
  const { checkComposite, discarding, movedComposite } = await import('./moved-composite.ts')
  const find = () => movedComposite(services, folder, url, fetched)
  if (wanted === null) return present(await find())
  return discarding(fetched, made, async () => {
    const composite = await find()
    checkComposite(url, composite, wanted)
    return present(composite)
  })
}

const present = (one: MovedComposite | null): readonly MovedComposite[] => (one === null ? [] : [one])
