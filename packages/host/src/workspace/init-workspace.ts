/** Makes a workspace; on one that exists it changes nothing. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { RoarError } from '@roar/core'
import { configTemplate } from '../config/config-template.ts'
import { canonical } from './find-workspace.ts'
import { ignoreWorkspace } from './gitignore.ts'
import { makeDirectory, makePrivateDirectory, replaceFile } from './private-files.ts'
import { type Workspace, workspaceAt } from './workspace.ts'

export interface InitResult {
  readonly workspace: Workspace
  /** What was made or changed, by its name below the root; empty when all was there already. */
  readonly created: readonly string[]
}

export async function initWorkspace(root: string): Promise<InitResult> {
  try {
    makeDirectory(root)
    return makeWorkspace(workspaceAt(canonical(root)))
  } catch (error) {
    throw explain(error, root)
  }
}

function makeWorkspace(workspace: Workspace): InitResult {
  const ignores = join(workspace.root, '.gitignore')
  if (statSync(ignores, { throwIfNoEntry: false })?.isDirectory()) throw notAFile(ignores)
  const steps: Readonly<Record<string, () => boolean>> = {
    '.roar/': () => madeDirectory(workspace),
    '.roar/config.toml': () => madeSettings(workspace),
    '.gitignore': () => ignoreWorkspace(workspace.root),
  }
  const created = Object.keys(steps).filter((name) => steps[name]?.())
  return { workspace, created }
}

function madeDirectory(workspace: Workspace): boolean {
  const existing = statSync(workspace.directory, { throwIfNoEntry: false })
  if (existing && !existing.isDirectory()) throw blocked(workspace)
  if (!existing) makePrivateDirectory(workspace.directory)
  return !existing
}

function madeSettings({ configFile }: Workspace): boolean {
  if (existsSync(configFile)) return false
  replaceFile(configFile, configTemplate())
  return true
}

/** Git reads no rule from it, and would find the workspace in every change. */
const notAFile = (file: string): RoarError =>
  new RoarError('ROAR_WORKSPACE_INIT', `${file} is in the way`, {
    cause: 'It is a directory, where the file belongs that keeps .roar/ out of git.',
    remedy: [`mv ${file} ${file}.old`, 'roar init'],
  })

const blocked = ({ directory }: Workspace): RoarError =>
  new RoarError('ROAR_WORKSPACE_INIT', `${directory} is in the way`, {
    cause: 'It is a file, where the directory of the workspace belongs.',
    remedy: [`mv ${directory} ${directory}.old`, 'roar init'],
  })

function explain(error: unknown, root: string): unknown {
  if (error instanceof RoarError) return error
  const { message } = error as NodeJS.ErrnoException
  return new RoarError('ROAR_WORKSPACE_INIT', `no workspace can be made in ${root}`, {
    cause: message,
    remedy: ['Choose a directory that you may write to: roar init --path DIR'],
  })
}
