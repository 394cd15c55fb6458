/** Outputs of a job that git would report as untracked: they get .gitignore lines before they block the next run. */
import { type BytePath, display, fromBuffer, type GitState, toBuffer } from '@roar/core'
import { ignoreLines } from './ignore-lines.ts'
import { readIndex } from './index-file.ts'
import { insideRoot } from './read-git-state.ts'
import { findRepository, readBytes } from './repository-places.ts'
import { type Env, runGit } from './run-git.ts'
import { trackedFiles } from './tracked-files.ts'

export interface NewOutputs {
  /** As git names them. */
  readonly paths: readonly string[]
  /** Lines for the .gitignore at the root of the work tree. */
  readonly ignore: readonly string[]
}

const none: NewOutputs = { paths: [], ignore: [] }

/** `outputs` absolute. One process, and another where one is to be told; none when every one of them is tracked or elsewhere. */
export async function newOutputs(
  state: GitState,
  outputs: readonly BytePath[],
  env: Env = process.env,
): Promise<NewOutputs> {
  const inside = outputs.map((path) => insideRoot(state.root, path)).filter((path) => path !== null)
  const own = inside.filter((path) => !state.submodules.some((one) => path.startsWith(`${one.path}/`)))
  const tracked = await trackedAmong(state, new Set(own), env)
  const untracked = own.filter((path) => !tracked.has(path))
  if (untracked.length === 0) return none
  const names = Buffer.concat(untracked.flatMap((path) => [toBuffer(path), Buffer.of(0)]))
  const { status, output } = await runGit(['check-ignore', '-z', '--stdin'], state.root, env, names)
  // 0: some are ignored, 1: none is, else git could not say.
  if (status !== 0 && status !== 1) return none
  const ignored = new Set(fromBuffer(output).split('\0'))
  const paths = untracked.filter((path) => !ignored.has(path)).map(display)
  if (paths.length === 0) return none
  const made = new Set(paths)
  const before = state.dirtyFiles.map(({ path }) => path).filter((path) => !made.has(path))
  return { paths, ignore: ignoreLines(paths, [...(await trackedFiles(state.root, env)), ...before]) }
}

async function trackedAmong(state: GitState, paths: ReadonlySet<BytePath>, env: Env): Promise<ReadonlySet<BytePath>> {
  const places = paths.size > 0 ? findRepository(state.root, env) : null
  const index = places && (await readBytes(places.index))
  const tracked = new Set<BytePath>()
  const length = state.commit?.length === 64 ? 32 : 20
  if (index) readIndex(index, length, paths, ({ path }) => tracked.add(path))
  return tracked
}
