/** The scripts of the pages, as the build made them from `browser/`. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export const assetNames: ReadonlySet<string> = new Set(['dag.js'])

/** From sources as from the bundle: the package knows where it lies. */
export function readAsset(name: string): Promise<Buffer> {
  const manifest = createRequire(import.meta.url).resolve('@roar/web/package.json')
  return readFile(join(dirname(manifest), 'dist/browser', name))
}
