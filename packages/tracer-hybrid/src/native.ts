/** Where the two native parts lie. They belong to the packages of the tracers that also use them alone. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export const platformName = (): string => `${process.platform}-${process.arch}`

/** Null where it was not built for this platform. */
export function nativePath(name: string, file: string): string | null {
  const at = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  const path = join(at, 'native/build', platformName(), file)
  return existsSync(path) ? path : null
}

export const libraryPath = (): string | null => nativePath('@roar/tracer-preload', 'libroar-preload.so')
export const supervisorPath = (): string | null => nativePath('@roar/tracer-ptrace', 'roar-ptrace')
