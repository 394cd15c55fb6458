/** One native part: first as this clone has built it, then as the package of the platform brings it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { makers, type NativeFile } from './parts.ts'
import { packagedNative, siblings } from './platform-package.ts'

export const platformName = (): string => `${process.platform}-${process.arch}`

/** Null where nothing was made for this platform. Throws ROAR_NATIVE_VERSION. */
export function nativeFile(name: NativeFile): string | null {
  const platform = platformName()
  const built = join(siblings(), makers[name].replace('*', platform), name)
  if (existsSync(built)) return built
  const directory = packagedNative(platform)
  if (directory === null) return null
  const path = join(directory, name)
  return existsSync(path) ? path : null
}
