/** Which files are vouched for by the commit: tracked, compared by git, and not among the dirty ones. */
import { join } from 'node:path'
import { type BytePath, display, fromBuffer, fromString, type GitState } from '@roar/core'
import { type IndexEntry, readIndex } from './index-file.ts'
import { insideRoot } from './read-git-state.ts'
import { findRepository, readBytes } from './repository-places.ts'
import { type Env, runGit } from './run-git.ts'

export async function committedPaths(
  state: GitState,
  paths: readonly BytePath[],
  index: Promise<Buffer | null>,
  env: Env,
): Promise<ReadonlySet<BytePath>> {
  if (state.commit === null) return new Set()
  const dirty = new Set(state.dirtyFiles.map((one) => one.path))
  const wanted = new Map<BytePath, BytePath>()
  for (const path of paths) {
    const inside = insideRoot(state.root, path)
    if (inside !== null) wanted.set(inside, path)
  }
  if (wanted.size === 0) return new Set()
  const committed = new Set<BytePath>()
  for (const entry of await entriesOf(state, wanted, await index, env)) {
    const path = wanted.get(entry.path)
    if (path !== undefined && entry.compared && !dirty.has(display(entry.path))) committed.add(path)
  }
  for (const path of await inSubmodules(state, paths, env)) committed.add(path)
  return committed
}

async function entriesOf(
  state: GitState,
  wanted: ReadonlyMap<BytePath, BytePath>,
  index: Buffer | null,
  env: Env,
): Promise<readonly IndexEntry[]> {
  const found: IndexEntry[] = []
  const length = state.commit?.length === 64 ? 32 : 20
  const read = index && readIndex(index, length, wanted, (entry) => found.push(entry))
  return read ? found : listedByGit(state.root, env)
}

/** `-v` puts a lower-case letter before what is assumed unchanged and `S` before what a sparse checkout leaves out. */
async function listedByGit(root: string, env: Env): Promise<readonly IndexEntry[]> {
  const { output } = await runGit(['--no-optional-locks', 'ls-files', '-z', '-s', '-v', '--full-name'], root, env)
  return fromBuffer(output)
    .split('\0')
    .slice(0, -1)
    .map((line) => {
      const [tag, mode, oid, stage] = line.slice(0, line.indexOf('\t')).split(' ') as [string, string, string, string]
      const path = line.slice(line.indexOf('\t') + 1) as BytePath
      return { path, mode: Number.parseInt(mode, 8), oid, compared: tag === 'H' && stage === '0' }
    })
}

/** A clean submodule is at the commit that the outer one names, so its tracked files are part of it. */
async function inSubmodules(state: GitState, paths: readonly BytePath[], env: Env): Promise<readonly BytePath[]> {
  // The variables that name the outer repository say nothing about the inner ones.
  const inner = { ...env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined }
  const found: BytePath[] = []
  for (const { path, commit, dirty } of state.submodules) {
    const root = join(state.root, path)
    const below = paths.filter((one) => one.startsWith(fromString(`${root}/`)))
    const places = dirty || below.length === 0 ? null : findRepository(root, inner)
    if (!places) continue
    const own = { ...state, root, commit, dirtyFiles: [], submodules: [] }
    found.push(...(await committedPaths(own, below, readBytes(places.index), inner)))
  }
  return found
}
