/** Recognises the home directory used as a project: everything the user owns would be looked at. */
import { realpathSync } from 'node:fs'
import { homeOf } from '../workspace/user-places.ts'
import type { Env } from './run-git.ts'

/** Which of the two is the home directory, the narrower fault first; null when neither is. */
export function homeInUse(
  directory: string,
  gitRoot: string | null,
  env: Env = process.env,
): 'directory' | 'git' | null {
  const home = real(homeOf(env))
  if (real(directory) === home) return 'directory'
  return gitRoot !== null && real(gitRoot) === home ? 'git' : null
}

function real(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}
