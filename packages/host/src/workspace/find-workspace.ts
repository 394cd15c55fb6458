/** Finds the workspace that a directory belongs to: the nearest one upwards, as git finds its repository. */
import { realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RoarError } from '@roar/core'
import { type Workspace, workspaceAt, workspaceFolder } from './workspace.ts'

export function findWorkspace(directory: string): Workspace | null {
  for (let at = canonical(directory); ; at = dirname(at)) {
    if (isDirectory(join(at, workspaceFolder))) return workspaceAt(at)
    if (dirname(at) === at) return null
  }
}

export function requireWorkspace(directory: string): Workspace {
  const found = findWorkspace(directory)
  if (found) return found
  throw new RoarError('ROAR_WORKSPACE_MISSING', `${directory} is not in a roar workspace`, {
    cause: 'Neither it nor a directory above it holds .roar/.',
    remedy: ['cd to your project, then: roar init'],
    exitCode: 1,
  })
}

/** A directory that is gone keeps its name: its parents may still hold a workspace. */
export function canonical(directory: string): string {
  try {
    return realpathSync.native(directory)
  } catch {
    return directory
  }
}

const isDirectory = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  } catch {
    return false
  }
}
