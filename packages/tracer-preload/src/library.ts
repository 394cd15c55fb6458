/** Where the native library lies, and by which name the loader may be told of it. */
import { existsSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { nativeFile } from '@roar/native'

/** Null where it was not built for this platform. */
export const libraryPath = (): string | null =>
  nativeFile(process.platform === 'darwin' ? 'libroar-preload.dylib' : 'libroar-preload.so')

/** A list separated by spaces and colons (ld.so(8); dyld(1): by colons): a path with either is reached by a link from the run's own directory. */
export function preloadable(library: string, runDirectory: string): string {
  if (!/[\s:]/.test(library)) return library
  const link = join(runDirectory, basename(library))
  if (!existsSync(link)) symlinkSync(library, link)
  return link
}
