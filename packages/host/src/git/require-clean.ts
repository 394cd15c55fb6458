/** Refuses a dirty work tree, and says what is in the way and how to put it in order. */
import { type GitState, type LineageStore, RoarError } from '@roar/core'
import type { Workspace } from '../workspace/workspace.ts'
import { classifyDirty, type DirtyFiles } from './dirty.ts'
import { knownOutputs } from './known-outputs.ts'
import { trackedFiles } from './tracked-files.ts'

const mostNamed = 10

export async function requireClean(
  state: GitState,
  workspace: Pick<Workspace, 'root' | 'rootPath'>,
  store: Pick<LineageStore, 'artifactsAtPath'>,
): Promise<void> {
  if (!state.dirty) return
  const [outputs, tracked] = [await knownOutputs(state, workspace, store), await trackedFiles(state.root)]
  const found = classifyDirty(state, { knownOutputs: outputs, workspace, tracked })
  throw new RoarError('ROAR_GIT_DIRTY', summary(state, found), {
    cause: explain(found),
    remedy: [...found.commands, 'or record it as dirty: --allow-dirty'],
    exitCode: 125,
    data: { ...found },
  })
}

function summary({ dirtyFiles }: GitState, { roarOnly }: DirtyFiles): string {
  if (roarOnly) return 'only the files of roar itself are not in order yet'
  return dirtyFiles.length === 1
    ? 'a file differs from the commit'
    : `${dirtyFiles.length} files differ from the commit`
}

function explain(found: DirtyFiles): string {
  const groups = [
    { title: 'code', files: found.code },
    { title: 'outputs of earlier runs', files: found.outputs },
    { title: 'unknown', files: found.unknown },
  ]
  return groups
    .filter(({ files }) => files.length > 0)
    .map(({ title, files }) => `${title}: ${named(files)}`)
    .join('\n')
}

function named(files: DirtyFiles['code']): string {
  const shown = files.slice(0, mostNamed).map(({ status, path }) => `${status} ${path}`)
  const more = files.length - shown.length
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}
