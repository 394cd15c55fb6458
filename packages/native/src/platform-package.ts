/** The package of native parts that npm has chosen for this platform. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RoarError } from '@roar/core'

/** Of both sides: what they say to each other may change with every version. */
export const version = '0.1.0'

/** The folder in which the packages lie side by side: the same from any package's `src/` and `dist/`, in a clone and below `node_modules`. */
export const siblings = (): string => fileURLToPath(new URL('../../', import.meta.url))

/** Its directory; null where it is not installed. Throws ROAR_NATIVE_VERSION for one of another version. */
export function packagedNative(platform: string, folder = siblings()): string | null {
  const name = `@roar/native-${platform}`
  const beside = join(folder, `native-${platform}`)
  const directory = existsSync(join(beside, 'package.json')) ? beside : resolved(name)
  if (directory === null) return null
  const found = String(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')).version)
  if (found === version) return directory
  throw new RoarError('ROAR_NATIVE_VERSION', `${name} has version ${found}; this roar needs ${version}`, {
    cause: `It lies in ${directory}.`,
    remedy: [`npm install ${name}@${version}`],
    exitCode: 125,
  })
}

/** Package managers that put no two packages beside each other still answer this. */
function resolved(name: string): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  } catch {
    return null
  }
}
