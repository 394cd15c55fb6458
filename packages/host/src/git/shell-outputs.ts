/**
 * `roar run sort < in > out`: the shell has made `out`, or emptied it, before roar begins. It is what the run is about to write, no change of what it runs from.
 */
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { GitState } from '@roar/core'
import type { Facts } from '../environment/fact-source.ts'

/** Absolute paths of the files behind standard output and standard error, of what `readStreams` said. */
export const shellOutputs = (streams: Facts, cwd: string): readonly string[] =>
  [streams['stdout.file'], streams['stderr.file']].flatMap((file) => (file === undefined ? [] : [resolve(cwd, file)]))

/** What the commit has, and the shell left as it was (`>>`), differs as before. */
export function withoutShellOutputs(state: GitState, outputs: readonly string[]): GitState {
  if (!state.dirty || outputs.length === 0) return state
  const isOutput = ({ path, status }: GitState['dirtyFiles'][number]): boolean => {
    const file = join(state.root, path)
    return outputs.includes(file) && (status === '??' || isEmpty(file))
  }
  const dirtyFiles = state.dirtyFiles.filter((file) => !isOutput(file))
  return { ...state, dirtyFiles, dirty: dirtyFiles.length > 0 }
}

const isEmpty = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.size === 0
