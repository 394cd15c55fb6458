/** Where in its repository a workspace lay, when the recipe does not tell: where the commit has the files that the step read from it. */
import { display } from '@roar/core'
import type { Places } from '../places.ts'
import type { RecipeStep } from '../recipe/recipe.ts'
import type { ReproductionRoom } from '../room.ts'
import { git } from './git.ts'

/** '' at the repository's root, and where nothing tells. */
export async function findPrefix(
  room: ReproductionRoom,
  places: Places,
  steps: readonly RecipeStep[],
): Promise<string> {
  const step = steps.find((one) => one.source?.commit && one.inputs.some((input) => input.from === 'commit'))
  if (!step) return ''
  const listed = await git(places.work, room.env, ['ls-tree', '-r', '-z', '--name-only', step.source?.commit ?? ''])
  const inputs = step.inputs.filter((one) => one.from === 'commit').map((one) => display(one.path))
  return prefixOf(listed.out.split('\0'), inputs)
}

/** The shortest directory that has all of them; what lies in the repository beside the workspace, an absolute path, says nothing of it. */
export function prefixOf(names: readonly string[], read: readonly string[]): string {
  const there = new Set(names)
  const inputs = read.filter((path) => !/^(\/|\.\.\/)/.test(path))
  const [first] = inputs
  if (first === undefined) return ''
  const candidates = names
    .filter((name) => name === first || name.endsWith(`/${first}`))
    .map((name) => name.slice(0, -first.length))
  const fitting = candidates.filter((at) => inputs.every((path) => there.has(at + path)))
  return (fitting.sort((a, b) => a.length - b.length)[0] ?? '').replace(/\/$/, '')
}
