/** The native parts: those of a clone, or a package whose files are the ones that were released. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nativeFile, packagedNative, platformName } from '@roar/native'
import type { Check } from '../output/views/checks.ts'

const name = 'native parts'

export async function nativeChecks(): Promise<readonly Check[]> {
  const found = nativeFile('libroar-preload.so')
  const remedy = `npm install @roar/native-${platformName()}`
  if (found === null) return [{ name, ok: false, detail: `none for ${platformName()}`, remedy }]
  const directory = packagedNative(platformName())
  if (directory === null || !found.startsWith(directory))
    return [{ name, ok: true, detail: `built here for ${platformName()}`, remedy: null }]
  const changed = changedFiles(directory)
  const detail = changed.length ? `not as released: ${changed.join(', ')}` : directory
  return [{ name, ok: changed.length === 0, detail, remedy: changed.length ? remedy : null }]
}

function changedFiles(directory: string): string[] {
  const sums: Record<string, string> = JSON.parse(readFileSync(join(directory, 'checksums.json'), 'utf8'))
  return Object.entries(sums).flatMap(([file, sum]) => (sumOf(join(directory, file)) === sum ? [] : [file]))
}

function sumOf(path: string): string | null {
  try {
    return `sha256:${createHash('sha256').update(readFileSync(path)).digest('hex')}`
  } catch {
    return null
  }
}
