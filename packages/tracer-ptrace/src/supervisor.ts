/** Where the native supervisor lies. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const platformName = (): string => `${process.platform}-${process.arch}`

/** Null where it was not built for this platform. The same from `src/` and from `dist/`. */
export function supervisorPath(): string | null {
  const path = fileURLToPath(new URL(`../native/build/${platformName()}/roar-ptrace`, import.meta.url))
  return existsSync(path) ? path : null
}
