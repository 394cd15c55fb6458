/** Are the bytes on disk still those that were recorded? Reads every byte: a remembered digest would not see a disk that rots. */
import { lstatSync } from 'node:fs'
import { type BytePath, type Digests, fromString, type HashProgress, pathFields, toFsPath } from '@roar/core'
import { createHashService } from '@roar/host'
import { sameContent, type Verdict, worst } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import type { RecordedFile } from './recorded-files.ts'

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
  const [able, unable] = [
    recorded.filter((one) => canVerify(one, known)),
    recorded.filter((one) => !canVerify(one, known)),
  ]
  const algorithm = (name: string) => plugins.load('hashes', name)
  const hashes = createHashService({ algorithm, source: (name) => plugins.source('hashes', name), cache: null })
  const algorithms = [...new Set(able.map((one) => firstKnown(one.digests, known) as string))]
  const paths = able.map((one) => absolute(root, one.path))
  const found = algorithms.length === 0 ? [] : await hashes.hash(paths, { algorithms, onProgress })
  await hashes.close()
  const outputs = able.map((one, index) => judged(one, paths[index] as BytePath, found[index]?.digests ?? null))
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

const whyNot = (one: RecordedFile): string => {
  if (one.kind === 'composite') return 'a directory'
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
