/** Activates and deactivates plugins of a workspace: one line in its config.toml, one entry in its lock. */
import { relative, resolve } from 'node:path'
import { isRoarError, nearest, RoarError } from '@roar/core'
import { writeKey } from '../config/change-config.ts'
import { loadConfig } from '../config/load-config.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { findPackage, isFolder } from './find-package.ts'
import { type PackageManifest, readManifest } from './manifest.ts'
import { packagePlugin } from './plugin.ts'
import { PluginHost, type PluginSources, tryPlugin } from './plugin-host.ts'
import { lockedAs, readLock, writeLock } from './plugin-lock.ts'

type Place = Pick<Workspace, 'root' | 'configFile' | 'pluginLock'>

export interface PluginChange {
  /** Held against the new plugin before anything is written. */
  readonly builtins?: PluginSources['builtins']
  /** Import it, too, and make all that it has, before anything is written. */
  readonly trial?: boolean
  /** What a relative folder starts from; the workspace's root if not given. */
  readonly directory?: string
}

/** Agrees to the plugin as it is now, whether it is new or has changed. */
export async function addPlugin(workspace: Place, spec: string, change: PluginChange = {}): Promise<PackageManifest> {
  const active = await activePlugins(workspace)
  const wanted = active.find((one) => one.name === spec)?.spec ?? asWritten(workspace, spec, change.directory)
  const manifest = readManifest(findPackage(wanted, [workspace.root]))
  const known = active.some((one) => one.spec === wanted || one.name === manifest.name)
  const specs = known ? active.map((one) => one.spec) : [...active.map((one) => one.spec), wanted]
  const config = await loadConfig({ workspace, env: process.env, options: { plugins: specs } })
  await PluginHost.create({ builtins: change.builtins ?? [], workspace, config })
  if (change.trial) await trial(manifest, spec)
  agreeTo(workspace.pluginLock, manifest)
  if (!known) await writeKey(workspace.configFile, 'plugins', specs)
  return manifest
}

async function trial(manifest: PackageManifest, spec: string): Promise<void> {
  try {
    await tryPlugin(packagePlugin(manifest, false, null))
  } catch (error) {
    if (!isRoarError(error)) throw error
    throw new RoarError(error.code, `${manifest.name} was not added: ${error.message}`, {
      cause: error.why,
      remedy: [`Tell its author, or correct it; then: roar plugin add ${spec}`],
      data: error.data,
    })
  }
}

function agreeTo(file: string, manifest: PackageManifest): void {
  const lock = { ...readLock(file), [manifest.name]: lockedAs(manifest) }
  try {
    writeLock(file, lock)
  } catch (error) {
    throw new RoarError('ROAR_PLUGIN_LOCK', `${file} cannot be written`, {
      cause: (error as Error).message,
      remedy: [`ls -ld ${file} and the directory that it lies in`],
    })
  }
}

/** By the name of the package, or as it is written in config.toml. */
export async function removePlugin(workspace: Place, spec: string, change: PluginChange = {}): Promise<void> {
  const active = await activePlugins(workspace)
  const written = asWritten(workspace, spec, change.directory)
  const found = active.find((one) => one.name === spec || one.spec === spec || one.spec === written)
  if (!found) throw unknown(spec, active)
  const left = active.filter((one) => one !== found).map((one) => one.spec)
  await writeKey(workspace.configFile, 'plugins', left.length > 0 ? left : null)
  const { [found.name ?? '']: _, ...lock } = readLock(workspace.pluginLock)
  writeLock(workspace.pluginLock, lock)
}

interface Active {
  readonly spec: string
  /** null when it is no longer installed, or no plugin any more: it must still be possible to remove it. */
  readonly name: string | null
}

async function activePlugins(workspace: Place): Promise<readonly Active[]> {
  // What a variable adds for one command does not belong into the file.
  const config = await loadConfig({ workspace, env: { ...process.env, ROAR_PLUGINS: undefined } })
  return config.get('plugins').map((spec) => ({ spec, name: nameOf(workspace, spec) }))
}

function nameOf(workspace: Place, spec: string): string | null {
  try {
    return readManifest(findPackage(spec, [workspace.root])).name
  } catch {
    return isFolder(spec) ? null : spec
  }
}

/** Folders are written as seen from the workspace's root, so that the file means the same wherever it is read. */
function asWritten({ root }: Place, spec: string, directory = root): string {
  if (!isFolder(spec) || spec.startsWith('/')) return spec
  const path = relative(root, resolve(directory, spec))
  return path.startsWith('..') ? path : `./${path}`
}

function unknown(spec: string, active: readonly Active[]): RoarError {
  const names = active.map((one) => one.name ?? one.spec)
  const [near] = nearest(spec, names)
  return new RoarError('ROAR_PLUGIN_UNKNOWN', `no plugin '${spec}' was added to this workspace`, {
    cause: names.length > 0 ? `Added: ${names.join(', ')}.` : 'Only those that come with roar are active.',
    remedy: [...(near ? [`roar plugin remove ${near}`] : []), 'roar plugin list'],
  })
}
