/** Where the native library lies, and by which name the loader may be told of it. */
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const platformName = (): string => `${process.platform}-${process.arch}`

/** Null where it was not built for this platform. The same from `src/` and from `dist/`. */
export function libraryPath(): string | null {
  const path = fileURLToPath(new URL(`../native/build/${platformName()}/libroar-preload.so`, import.meta.url))
  return existsSync(path) ? path : null
}

/** LD_PRELOAD is a list separated by spaces and colons (ld.so(8)): a path with either is reached by a link from the run's own directory. */
export function preloadable(library: string, runDirectory: string): string {
  if (!/[\s:]/.test(library)) return library
  const link = join(runDirectory, 'libroar-preload.so')
  if (!existsSync(link)) symlinkSync(library, link)
  return link
}
