/** Brings the commits of all steps into one fresh clone: from branches, from tags where branches moved on, or by their id alone. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RoarError } from '@roar/core'
import type { Places } from '../places.ts'
import type { SourcePlan } from '../plan/plan.ts'
import type { ReproductionRoom } from '../room.ts'
import { git } from './git.ts'

export async function cloneSource(room: ReproductionRoom, source: SourcePlan, places: Places): Promise<void> {
  mkdirSync(places.work, { recursive: true })
  await git(places.work, room.env, ['init', '--quiet', '--template='])
  const [first] = source.repositories
  if (first) await git(places.work, room.env, ['remote', 'add', '--', 'origin', first])
  const commits = source.commits.map((one) => one.commit)
  const failures: string[] = []
  for (const repository of source.repositories) {
    const wanted = await missingCommits(room, places, commits)
    if (wanted.length === 0) return
    room.say({ phase: 'clone', from: repository })
    const failure = await fetchFrom(room, places, repository, wanted)
    if (failure) failures.push(`${repository}: ${failure}`)
  }
  const missing = await missingCommits(room, places, commits)
  if (missing.length > 0) throw noCommit(missing, source, failures)
}

async function fetchFrom(
  room: ReproductionRoom,
  places: Places,
  repository: string,
  wanted: readonly string[],
): Promise<string | null> {
  const everything = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
  const fetched = await fetch(room, places, repository, everything)
  if (!fetched.ok) return fetched.err.split('\n')[0] ?? 'git fetch failed'
  // What no branch and no tag leads to any more, many servers still give by its id.
  for (const commit of await missingCommits(room, places, wanted)) await fetch(room, places, repository, [commit])
  return null
}

const fetch = (room: ReproductionRoom, places: Places, repository: string, refs: readonly string[]) =>
  git(places.work, room.env, ['fetch', '--quiet', '--no-tags', '--force', '--', repository, ...refs])

async function missingCommits(
  room: ReproductionRoom,
  places: Places,
  commits: readonly string[],
): Promise<readonly string[]> {
  const there = await Promise.all(
    commits.map((commit) => git(places.work, room.env, ['cat-file', '-e', `${commit}^{commit}`])),
  )
  return commits.filter((_, index) => !there[index]?.ok)
}

function noCommit(commits: readonly string[], source: SourcePlan, failures: readonly string[]): RoarError {
  const asked =
    source.repositories.length === 0 ? 'No repository is recorded.' : `Asked: ${source.repositories.join(', ')}.`
  return new RoarError('ROAR_REPRODUCE_COMMIT', `The commit ${commits.join(', ')} is not to be had.`, {
    cause: [asked, ...failures].join('\n'),
    remedy: [
      'Push the commit, or a tag of it, from where the job was recorded: git push origin COMMIT:refs/tags/NAME',
      'roar register tags the commits it publishes, so that they outlive their branches.',
    ],
    data: { commits, repositories: source.repositories },
  })
}

/** Names that git must not take for changes: the workspace's own folder, what is put there from elsewhere; `*` of a set stands for its members. */
export function excludeFromGit(places: Places, paths: readonly string[]): void {
  const info = join(places.work, '.git/info')
  mkdirSync(info, { recursive: true })
  // What setuptools leaves in a project that it installs in place.
  const lines = ['.roar/', '*.egg-info/', ...paths.map((path) => `/${path.replace(/[\\?[\]!# ]/g, '\\$&')}`)]
  writeFileSync(join(info, 'exclude'), `${lines.join('\n')}\n`)
}
