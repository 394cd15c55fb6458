/** The state of the repository that a directory is in: one `git status`, and what git's own files say, read while it runs. */
import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type BytePath, display, fromString, type GitState, RoarError } from '@roar/core'
import { absoluteAddress, type GitConfig, parseGitConfig, remoteUrl } from './git-config.ts'
import { gitlinkMode, readIndex } from './index-file.ts'
import { parseStatus, type Status } from './parse-status.ts'
import { findRepository, type RepositoryPlaces, readBytes, readOr } from './repository-places.ts'
import { type Env, type GitAnswer, runGit } from './run-git.ts'
import { shellWord } from './shell-word.ts'

export interface GitReading {
  /** null outside a work tree. */
  readonly state: GitState | null
  /** Why there is none, where that is not plain. */
  readonly note: string | null
  /** The index as it was at the time: what is committed or added later does not change what the job saw. */
  readonly index: Promise<Buffer | null>
}

const nothing = (note: string | null): GitReading => ({ state: null, note, index: Promise.resolve(null) })

// No lock: a refreshed index is not written back, so that a `git commit` at the same time is never in our way nor we in its.
// No renames: guessing them from contents costs time and says nothing that the two names do not.
// No ahead-behind: counting commits to the upstream takes seconds in a large history.
const question = ['--no-optional-locks', 'status', '--porcelain=v2', '-z', '--branch', '--no-ahead-behind']
const answers = ['--no-renames', '--untracked-files=all', '--ignore-submodules=none']

/** Starts git before it returns; what the caller loads meanwhile costs no time. */
export function startGitState(
  directory: string,
  env: Env = process.env,
  asked: (() => Promise<GitAnswer | null>) | null = null,
): Promise<GitReading> {
  const places = findRepository(directory, env)
  if (!places) return Promise.resolve(nothing(null))
  const ask = (): Promise<GitAnswer> => runGit([...question, ...answers], directory, env)
  const answer = asked ? asked().then((said) => said ?? ask()) : ask()
  const index = readBytes(places.index)
  return answer.then((said) => reading(places, said, index))
}

async function reading(places: RepositoryPlaces, said: GitAnswer, index: Promise<Buffer | null>): Promise<GitReading> {
  if (said.status === null) return nothing('git is not installed: the job is recorded without its commit')
  if (said.status !== 0) return refused(places, said)
  const status = parseStatus(said.output)
  const common = parseGitConfig(readOr(join(places.commonDirectory, 'config'), ''))
  const root = workTreeRoot(places, common)
  const url = remoteUrl(common, status.branch)
  const state: GitState = {
    root,
    repository: url && absoluteAddress(root, url),
    branch: status.branch,
    commit: status.commit,
    dirty: status.entries.length > 0,
    dirtyFiles: status.entries.map(({ path, status }) => ({ path: display(path), status })),
    detached: status.branch === null,
    shallow: readOr(join(places.commonDirectory, 'shallow'), '') !== '',
    sparse: isSparse(places, common),
    linkedWorktree: places.gitDirectory !== places.commonDirectory,
    submodules: await submodulesOf(root, status, index),
  }
  return { state, note: null, index }
}

function refused({ root }: RepositoryPlaces, { errors }: GitAnswer): GitReading {
  if (/dubious ownership|safe\.directory/.test(errors)) throw unsafe(root, errors)
  // A bare repository, a ceiling, a broken link: for git this is no work tree, so it is none for us.
  if (/not a git repository|must be run in a work tree/.test(errors)) return nothing(null)
  throw new RoarError('ROAR_GIT_FAILED', `git cannot say what state ${root} is in`, {
    cause: errors.trim(),
    remedy: ['git status', 'git fsck'],
  })
}

function unsafe(root: string, errors: string): RoarError {
  const named = /repository at '(.*)'/.exec(errors)?.[1] ?? root
  return new RoarError('ROAR_GIT_UNSAFE', `git refuses to read ${named}: it belongs to another user`, {
    cause: 'The settings of a repository can start programs, so git asks you to trust its owner first.',
    remedy: [`git config --global --add safe.directory ${shellWord(named)}`, `chown -R "$(id -u)" ${shellWord(named)}`],
  })
}

/** `core.worktree` moves the root; git writes it for submodules, where it leads to the place we came from. */
function workTreeRoot(places: RepositoryPlaces, config: GitConfig): string {
  const moved = config.get('core.worktree')
  if (moved === undefined || places.gitDirectory !== places.commonDirectory) return places.root
  const root = resolve(places.gitDirectory, moved)
  return existsSync(root) ? realpathSync.native(root) : places.root
}

function isSparse(places: RepositoryPlaces, common: GitConfig): boolean {
  // `git sparse-checkout` keeps the switch in the work tree's own configuration.
  const own = parseGitConfig(readOr(join(places.gitDirectory, 'config.worktree'), ''))
  const on = own.get('core.sparsecheckout') ?? common.get('core.sparsecheckout')
  return on === 'true' && existsSync(join(places.gitDirectory, 'info', 'sparse-checkout'))
}

type Submodules = GitState['submodules']

async function submodulesOf(root: string, status: Status, index: Promise<Buffer | null>): Promise<Submodules> {
  // Looking through the index takes as long as it is; without this file there is nothing to find.
  if (!existsSync(join(root, '.gitmodules'))) return []
  const bytes = await index
  if (!bytes) return []
  const dirty = new Set(status.entries.map((entry) => entry.path))
  const found: { path: string; commit: string; dirty: boolean }[] = []
  const length = status.commit?.length === 64 ? 32 : 20
  readIndex(bytes, length, new Set<BytePath>(), ({ path, mode, oid }) => {
    if (mode === gitlinkMode) found.push({ path: display(path), commit: oid, dirty: dirty.has(path) })
  })
  return found
}

/** Is this path below the root, and how is it called from there? */
export function insideRoot(root: string, path: BytePath): BytePath | null {
  const prefix = fromString(root === '/' ? root : `${root}/`)
  return path.startsWith(prefix) ? (path.slice(prefix.length) as BytePath) : null
}
