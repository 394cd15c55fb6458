/** Where the things of a workspace lie. */
import { join } from 'node:path'
import { type BytePath, fromString } from '@roar/core'

export interface Workspace {
  /** Absolute and canonical, as the kernel names it: traced paths are compared with it. */
  readonly root: string
  readonly rootPath: BytePath
  /** `.roar/` */
  readonly directory: string
  readonly database: string
  readonly configFile: string
  readonly pluginLock: string
  /** Keys the commitments to variables that are not recorded. */
  readonly commitmentKey: string
  /** Private places of running jobs, one directory each. */
  readonly runs: string
}

export const workspaceFolder = '.roar'

export function workspaceAt(root: string): Workspace {
  const directory = join(root, workspaceFolder)
  return {
    root,
    rootPath: fromString(root),
    directory,
    database: join(directory, 'roar.db'),
    configFile: join(directory, 'config.toml'),
    pluginLock: join(directory, 'plugins.lock'),
    commitmentKey: join(directory, 'commitment.key'),
    runs: join(directory, 'runs'),
  }
}
