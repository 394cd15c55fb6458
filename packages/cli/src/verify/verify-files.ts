/** Are the bytes on disk still those that were recorded? Reads every byte: a remembered digest would not see a disk that rots. */
import { lstatSync } from 'node:fs'
import {
  type BytePath,
  type Digests,
  fromString,
  type HashProgress,
  type HashService,
  pathFields,
  toFsPath,
} from '@roar/core'
import { createCompositePort, createHashService } from '@roar/host'
import { sameContent, type Verdict, worst } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import type { RecordedFile } from './recorded-files.ts'
import type { CompositeRoom } from './verify-composite.ts'

export type VerifyDocument = Awaited<ReturnType<typeof verifyFiles>>

export async function verifyFiles(
  services: Services,
  of: string,
  recorded: readonly RecordedFile[],
  onProgress: (progress: HashProgress) => void,
) {
  const { root } = await services.get('workspace')
  const plugins = await services.get('plugins')
  const known = new Set(plugins.contributions('hashes').map((one) => one.name))
  const able = recorded.filter((one) => canVerify(one, known))
  const composites = recorded.filter((one) => isVerifiable(one, known))
  const unable = recorded.filter((one) => !canVerify(one, known) && !isVerifiable(one, known))
  const algorithm = (name: string) => plugins.load('hashes', name)
  const hashes = createHashService({ algorithm, source: (name) => plugins.source('hashes', name), cache: null })
  const algorithms = [...new Set(able.map((one) => firstKnown(one.digests, known) as string))]
  const paths = able.map((one) => absolute(root, one.path))
  const found = algorithms.length === 0 ? [] : await hashes.hash(paths, { algorithms, onProgress })
  const files = able.map((one, index) => judged(one, paths[index] as BytePath, found[index]?.digests ?? null))
  const outputs = [...files, ...(await verifyComposites(services, composites, hashes))]
  await hashes.close()
  const verdict = outputs.length === 0 ? 'identical' : worst(outputs.map((one) => one.verdict))
  return {
    schema: 'roar.verdict/1' as const,
    of,
    by: 'verify' as const,
    verdict,
    accept: 'identical' as const,
    holds: verdict === 'identical',
    outputs,
    unverified: unable.map((one) => ({ ...pathFields(one.path), step: one.step, reason: whyNot(one) })),
  }
}

const absolute = (root: string, path: BytePath): BytePath =>
  path.startsWith('/') ? path : (`${fromString(root)}/${path}` as BytePath)

const firstKnown = (digests: Digests, known: ReadonlySet<string>): string | undefined =>
  Object.keys(digests).find((name) => known.has(name))

const canVerify = (one: RecordedFile, known: ReadonlySet<string>): boolean =>
  one.kind === 'file' && firstKnown(one.digests, known) !== undefined && !one.path.includes('://')

const isVerifiable = (one: RecordedFile, known: ReadonlySet<string>): boolean =>
  one.kind === 'composite' && one.digests.blake3 !== undefined && known.has('blake3') && !one.path.includes('://')

async function verifyComposites(services: Services, composites: readonly RecordedFile[], hashes: HashService) {
  if (composites.length === 0) return []
  const { verifyComposite } = await import('./verify-composite.ts')
  const [{ root }, plugins] = await Promise.all([services.get('workspace'), services.get('plugins')])
  const port = await createCompositePort({ algorithm: (name) => plugins.load('hashes', name), cache: null })
  const store = await services.get('storeReader')
  const judgements: ReturnType<typeof judged>[] = []
  for (const one of port ? composites : []) {
    const path = absolute(root, one.path)
    const { digests, difference } = await verifyComposite(services, one, path, { port, hashes, store } as CompositeRoom)
    judgements.push({ ...judged(one, path, digests), ...(difference !== null && { difference }) })
  }
  return judgements
}

const whyNot = (one: RecordedFile): string => {
  if (one.path.includes('://')) return 'not on this machine'
  return one.reason ?? 'no active plugin knows its algorithm'
}

function judged(one: RecordedFile, path: BytePath, found: Digests | null) {
  const there = found !== null || isThere(path)
  const same = found !== null && sameContent(one.digests, found) === true
  const verdict: Verdict = same ? 'identical' : there ? 'different' : 'missing'
  return {
    ...pathFields(one.path),
    step: one.step,
    expected: one.digests,
    found,
    verdict,
    comparer: null,
    difference: same ? null : found !== null ? null : there ? 'it cannot be read' : 'it is no longer there',
  }
}

function isThere(path: BytePath): boolean {
  return lstatSync(toFsPath(path), { throwIfNoEntry: false }) !== undefined
}
