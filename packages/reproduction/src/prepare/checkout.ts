/** Goes to a step's commit. What earlier steps made stays as they made it, even where the commit has a file of that name. */
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RoarError } from '@roar/core'
import type { Places } from '../places.ts'
import type { ReproductionRoom } from '../room.ts'
import { git } from './git.ts'

/** `made`: files of earlier steps, relative to the work tree. Returns those that the commit has, too. */
export async function checkOut(
  room: ReproductionRoom,
  places: Places,
  commit: string,
  made: readonly string[],
): Promise<readonly string[]> {
  const head = await git(places.work, room.env, ['rev-parse', '--verify', '--quiet', 'HEAD'])
  if (head.ok && head.out.trim() === commit) return []
  const both = await tracked(room, places, commit, made)
  const aside = join(places.temporary, 'made')
  for (const path of both) copy(join(places.work, path), join(aside, path))
  const done = await git(places.work, room.env, ['checkout', '--quiet', '--force', '--detach', commit])
  if (!done.ok) throw failed(commit, done.err)
  await submodules(room, places)
  for (const path of both) copy(join(aside, path), join(places.work, path))
  rmSync(aside, { recursive: true, force: true })
  return both
}

async function tracked(
  room: ReproductionRoom,
  places: Places,
  commit: string,
  made: readonly string[],
): Promise<readonly string[]> {
  if (made.length === 0) return []
  const listed = await git(places.work, room.env, ['ls-tree', '-r', '-z', '--name-only', commit])
  const names = new Set(listed.out.split('\0'))
  return made.filter((path) => names.has(path) && existsSync(join(places.work, path)))
}

async function submodules(room: ReproductionRoom, places: Places): Promise<void> {
  if (!existsSync(join(places.work, '.gitmodules'))) return
  const done = await git(places.work, room.env, ['submodule', 'update', '--quiet', '--init', '--recursive'])
  if (!done.ok) room.say({ phase: 'warning', message: `submodules: ${done.err.split('\n')[0]}` })
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
}

const failed = (commit: string, why: string): RoarError =>
  new RoarError('ROAR_REPRODUCE_COMMIT', `The commit ${commit} cannot be checked out.`, { cause: why })
