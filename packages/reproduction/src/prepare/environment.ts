/** What preparing an environment needs, and how it fails. */
import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import { RoarError } from '@roar/core'
import type { Places } from '../places.ts'
import type { Env, Progress } from '../room.ts'

export interface EnvironmentRoom {
  readonly env: Env
  readonly places: Places
  /** Milliseconds. */
  readonly timeout: number | null
  /** Other versions may stand in for those that are not to be had. */
  readonly anyVersion: boolean
  say(progress: Progress): void
  /** Something is not as it was recorded: it goes into the receipt. */
  substitute(what: string): void
}

/** The user's settings of index and proxy, but caches below the directory: nothing outside of it is written. */
export function toolEnv({ env, places }: Pick<EnvironmentRoom, 'env' | 'places'>): Env {
  const { VIRTUAL_ENV: _, PYTHONPATH: __, PYTHONHOME: ___, ...rest } = env
  return {
    ...rest,
    ...toolCaches(places),
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    // Its list of environments in the user's home is not ours to add to.
    CONDA_REGISTER_ENVS: 'false',
    UV_PYTHON_INSTALL_DIR: join(places.environments, 'pythons'),
    XDG_CACHE_HOME: places.cache,
    XDG_STATE_HOME: join(places.cache, 'state'),
    TMPDIR: places.temporary,
  }
}

/** Of installers: for those that roar runs, and for those that are steps themselves. */
export const toolCaches = ({ cache }: Pick<Places, 'cache'>): Env => ({
  PIP_CACHE_DIR: join(cache, 'pip'),
  UV_CACHE_DIR: join(cache, 'uv'),
  npm_config_cache: join(cache, 'npm'),
  // pnpm 11 no longer reads npm's.
  npm_config_store_dir: join(cache, 'pnpm'),
  pnpm_config_store_dir: join(cache, 'pnpm'),
  YARN_CACHE_FOLDER: join(cache, 'yarn'),
  YARN_GLOBAL_FOLDER: join(cache, 'yarn-global'),
  CONDA_PKGS_DIRS: join(cache, 'conda'),
})

export const haveProgram = (name: string, env: Env): boolean =>
  (env.PATH ?? '').split(':').some((directory) => directory !== '' && isProgram(join(directory, name)))

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

export const environmentFailed = (message: string, cause: string, remedy: readonly string[] = []): RoarError =>
  new RoarError('ROAR_REPRODUCE_ENVIRONMENT', message, { cause, remedy })
