/** `.roar/plugins.lock`: which version of each plugin, with which bytes, the user has agreed to. */
import { readFileSync } from 'node:fs'
import { RoarError } from '@roar/core'
import { replaceFile } from '../workspace/private-files.ts'
import { packageIntegrity } from './integrity.ts'
import type { PackageManifest } from './manifest.ts'

export interface LockedPlugin {
  readonly version: string
  readonly integrity: string
}
export type PluginLock = Readonly<Record<string, LockedPlugin>>

export function readLock(file: string): PluginLock {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw unreadable(file, (error as Error).message)
  }
  return parseLock(text, file)
}

function parseLock(text: string, file: string): PluginLock {
  try {
    const { version, plugins } = JSON.parse(text) as { version?: unknown; plugins?: unknown }
    if (version === 1 && typeof plugins === 'object' && plugins !== null) return plugins as PluginLock
  } catch (error) {
    throw unreadable(file, (error as Error).message)
  }
  throw unreadable(file, 'It is not a lock of version 1.')
}

const unreadable = (file: string, cause: string): RoarError =>
  new RoarError('ROAR_PLUGIN_LOCK', `${file} cannot be read`, {
    cause,
    remedy: [`mv ${file} ${file}.old`, 'roar plugin check'],
  })

export function writeLock(file: string, lock: PluginLock): void {
  const plugins = Object.fromEntries(Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1)))
  replaceFile(file, `${JSON.stringify({ version: 1, plugins }, null, 2)}\n`)
}

export const lockedAs = ({ version, directory }: PackageManifest): LockedPlugin => ({
  version,
  integrity: packageIntegrity(directory),
})

/** A plugin that config.toml names and the lock does not yet know is written down as it is; from then on it may not change unseen. */
export function holdToLock(manifest: PackageManifest, file: string): void {
  const lock = readLock(file)
  const agreed = Object.hasOwn(lock, manifest.name) ? lock[manifest.name] : undefined
  const found = lockedAs(manifest)
  if (agreed === undefined) writeDownOnce(file, { ...lock, [manifest.name]: found })
  else if (agreed.integrity !== found.integrity) throw changed(manifest, agreed)
}

/** Looking into a workspace that one may not write to is no reason to refuse: it is written down by the next one who may. */
function writeDownOnce(file: string, lock: PluginLock): void {
  try {
    writeLock(file, lock)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

function changed({ name, version, directory }: PackageManifest, agreed: LockedPlugin): RoarError {
  const what = version === agreed.version ? 'its files have changed' : `it was ${agreed.version} and is ${version}`
  return new RoarError('ROAR_PLUGIN_INTEGRITY', `${name} is not the plugin that was added: ${what}`, {
    cause: `The files in ${directory} do not have the digest that .roar/plugins.lock holds. Nothing of the plugin was run.`,
    remedy: [`If the change is yours: roar plugin add ${name}`, `If it is not: npm install ${name}@${agreed.version}`],
    data: { plugin: name, version, locked: agreed.version },
  })
}
