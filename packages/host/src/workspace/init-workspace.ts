/** Makes a workspace; on one that exists it changes nothing. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { RoarError } from '@roar/core'
import { configTemplate } from '../config/config-template.ts'
import { canonical } from './find-workspace.ts'
import { ignoreWorkspace } from './gitignore.ts'
import { makePrivateDirectory, replaceFile } from './private-files.ts'
import { type Workspace, workspaceAt } from './workspace.ts'

export interface InitResult {
  readonly workspace: Workspace
  /** False when it was there already. */
  readonly created: boolean
  /** A line was added to .gitignore. */
  readonly ignored: boolean
}

export async function initWorkspace(root: string): Promise<InitResult> {
  try {
    mkdirSync(root, { recursive: true })
    return makeWorkspace(workspaceAt(canonical(root)))
  } catch (error) {
    throw explain(error, root)
  }
}

function makeWorkspace(workspace: Workspace): InitResult {
  const created = !existsSync(workspace.directory)
  if (!created && !statSync(workspace.directory).isDirectory()) throw blocked(workspace)
  if (created) makePrivateDirectory(workspace.directory)
  if (!existsSync(workspace.configFile)) replaceFile(workspace.configFile, configTemplate())
  return { workspace, created, ignored: ignoreWorkspace(workspace.root) }
}

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
