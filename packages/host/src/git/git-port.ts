/** The core's view of git. Keeps what was read with a state, so that later questions are answered as of then. */
import type { GitPort, GitState } from '@roar/core'
import { committedPaths } from './committed-paths.ts'
import { type GitReading, startGitState } from './read-git-state.ts'
import { findRepository, readBytes } from './repository-places.ts'
import type { Env, GitAnswer } from './run-git.ts'
import { withoutShellOutputs } from './shell-outputs.ts'

export interface HostGit extends GitPort {
  /** Like `state`, with the reason why there is none. */
  read(directory: string): Promise<GitReading>
  /** Takes over what `startGitState` read before this port was made. */
  adopt(reading: GitReading): GitState | null
}

/**
 * `answer`: what somebody has asked of git before, about the first directory whose state is wanted; null when nothing came of it.
 * `outputs`: absolute paths of what a shell has put behind the streams of the job (`shellOutputs`).
 */
export function createGitPort(
  env: Env = process.env,
  answer: (() => Promise<GitAnswer | null>) | null = null,
  outputs: readonly string[] = [],
): HostGit {
  let asked = answer
  const indexes = new WeakMap<GitState, Promise<Buffer | null>>()
  const adopt = ({ state, index }: GitReading): GitState | null => {
    if (state) indexes.set(state, index)
    return state
  }
  const read = async (directory: string): Promise<GitReading> => {
    const before = asked
    asked = null
    const { state, ...rest } = await startGitState(directory, env, before)
    const reading = { ...rest, state: state && withoutShellOutputs(state, outputs) }
    adopt(reading)
    return reading
  }
  return {
    adopt,
    read,
    state: async (directory) => (await read(directory)).state,
    // A state that was read by an earlier process, such as that of a job whose recorder died, has only the index of today.
    committed: (state, paths) => committedPaths(state, paths, indexes.get(state) ?? currentIndex(state, env), env),
  }
}

function currentIndex(state: GitState, env: Env): Promise<Buffer | null> {
  const places = findRepository(state.root, env)
  return places ? readBytes(places.index) : Promise.resolve(null)
}
