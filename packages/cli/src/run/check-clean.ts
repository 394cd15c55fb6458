/** Refuses to record a job whose code nobody could find again: the work tree must be as the commit has it. */
import { type GitState, type LineageStore, RoarError } from '@roar/core'
import { classifyDirty, type DirtyFiles, homeInUse, knownOutputs, trackedFiles, type Workspace } from '@roar/host'
import { shellWords, visible } from '../output/escape.ts'
import { count } from '../output/humane.ts'

const fewNames = 10

export async function requireClean(git: GitState, workspace: Workspace, store: LineageStore): Promise<void> {
  const [outputs, tracked] = [await knownOutputs(git, workspace, store), await trackedFiles(git.root)]
  const dirty = classifyDirty(git, { knownOutputs: outputs, workspace, tracked })
  throw new RoarError('ROAR_GIT_DIRTY', 'files differ from the commit; nothing was started', {
    cause: [...homeWarning(git), ...describe(dirty)].join('\n'),
    remedy: [...commands(git, dirty), 'or record it as it is: roar run --allow-dirty …'],
    exitCode: 125,
    data: {
      code: dirty.code,
      outputs: dirty.outputs,
      unknown: dirty.unknown,
      roar_only: dirty.roarOnly,
      gitignore: dirty.ignore,
    },
  })
}

function homeWarning(git: GitState): string[] {
  if (homeInUse(git.root, git.root) === null) return []
  return ['The repository is your home directory: make one for the project (git init in its folder, roar init there).']
}

const describe = (dirty: DirtyFiles): string[] => [
  ...(dirty.roarOnly ? ['Only .roar/ is in the way: it must be ignored.'] : []),
  ...listed('code', dirty.code),
  ...listed('outputs of earlier jobs', dirty.outputs),
  ...listed('unknown', dirty.unknown),
]

function listed(title: string, files: DirtyFiles['code']): string[] {
  if (files.length === 0) return []
  const shown = files.slice(0, fewNames).map(({ path, status }) => `  ${status.padEnd(2)} ${visible(path)}`)
  const more = files.length - shown.length
  return [`${title} (${count(files.length, 'file')}):`, ...shown, ...(more > 0 ? [`  … and ${more} more`] : [])]
}

/** Exact when typed at the root of the work tree. */
const commands = (git: GitState, dirty: DirtyFiles): readonly string[] =>
  git.root === process.cwd() ? dirty.commands : [`cd ${shellWords([git.root])}`, ...dirty.commands]
