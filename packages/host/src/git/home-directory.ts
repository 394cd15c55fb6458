/** Recognises the home directory used as a project: everything the user owns would be looked at. */
import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import type { Env } from './run-git.ts'

/** Which of the two is the home directory, the narrower fault first; null when neither is. */
export function homeInUse(
  directory: string,
  gitRoot: string | null,
  env: Env = process.env,
): 'directory' | 'git' | null {
  const home = real(env.HOME || homedir())
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
