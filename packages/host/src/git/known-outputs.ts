/** Which of the files that git does not know were made by an earlier job. */
import { join } from 'node:path'
import { type BytePath, fromString, type GitState, type LineageStore, relativeTo } from '@roar/core'
import type { Workspace } from '../workspace/workspace.ts'
import { kindOf, someOfEach } from './some-of-each.ts'

/** Files asked about one by one; of more than that, some of a folder stand for those of the same ending. */
const mostAsked = 2000

/** Absolute paths. */
export async function knownOutputs(
  git: Pick<GitState, 'root' | 'dirtyFiles'>,
  workspace: Pick<Workspace, 'rootPath'>,
  store: Pick<LineageStore, 'artifactsAtPath'>,
): Promise<ReadonlySet<BytePath>> {
  const paths = git.dirtyFiles
    .filter(({ status }) => status === '??')
    .map(({ path }) => fromString(join(git.root, path)))
  const known = new Set<BytePath>()
  for (const path of paths.length > mostAsked ? someOfEach(paths) : paths) {
    const uses = await store.artifactsAtPath(relativeTo(workspace.rootPath, path))
    if (uses.some((use) => use.role === 'output')) known.add(path)
  }
  if (paths.length <= mostAsked) return known
  const kinds = new Set([...known].map(kindOf))
  return new Set(paths.filter((path) => kinds.has(kindOf(path))))
}
