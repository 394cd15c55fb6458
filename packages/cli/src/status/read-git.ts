/** Which recorded outputs git does not know: they would make the next run refuse a dirty tree. */
import { relative } from 'node:path'
import { type BytePath, type GitPort, type GitState, toText } from '@roar/core'
import { ignoreLines, trackedFiles } from '@roar/host'
import type { RecordedOutput } from './check-outputs.ts'

export interface GitFacts {
  readonly git: GitState | null
  readonly blocked: boolean
  readonly untracked: readonly BytePath[]
  readonly gitignore: readonly string[]
}

export async function readGit(git: GitPort, root: string, outputs: readonly RecordedOutput[]): Promise<GitFacts> {
  const state = await git.state(root)
  if (state === null) return { git: null, blocked: false, untracked: [], gitignore: [] }
  const prefix = relative(state.root, root)
  const inTree = (path: BytePath): string => (prefix === '' ? '' : `${prefix}/`) + (toText(path) ?? path)
  const unknown = new Set(state.dirtyFiles.filter((file) => file.status.startsWith('?')).map((file) => file.path))
  const untracked = outputs.map((output) => output.path).filter((path) => unknown.has(inTree(path)))
  if (untracked.length === 0) return { git: state, blocked: state.dirty, untracked, gitignore: [] }
  const made = untracked.map(inTree)
  for (const path of made) unknown.delete(path)
  return {
    git: state,
    blocked: state.dirty,
    untracked,
    gitignore: ignoreLines(made, [...unknown, ...(await trackedFiles(state.root))]),
  }
}
