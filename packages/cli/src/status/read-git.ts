/** Which recorded outputs git does not know: they would make the next run refuse a dirty tree. */
import { relative } from 'node:path'
import { type BytePath, type GitPort, type GitState, toText } from '@roar/core'
import type { RecordedOutput } from './check-outputs.ts'
import { ignoreLines } from './ignore-lines.ts'

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
  return { git: state, blocked: state.dirty, untracked, gitignore: ignoreLines(untracked.map(inTree)) }
}
