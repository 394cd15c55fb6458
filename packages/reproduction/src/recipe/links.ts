/** Symbolic links of a workspace, of what a step's record says: `data -> /mnt/disk/set` stands in no word of a command, and in no commit. */
import { posix } from 'node:path'
import type { RecipeStep, StepLink } from './recipe.ts'

const named = 'link/'

export function linksOf(facts: Readonly<Record<string, string>>): readonly StepLink[] {
  const links = Object.entries(facts).filter(([name]) => name.startsWith(named))
  return links.map(([name, target]) => ({ path: name.slice(named.length), target })).filter(isOrdinary)
}

/** The directories above. */
export function aboveOf(facts: Readonly<Record<string, string>>): readonly StepLink[] {
  const all = Object.entries(facts).flatMap(([name, target]) => {
    const path = /^directory\/(\.\.(?:\/\.\.){0,2})$/.exec(name)?.[1]
    return path === undefined ? [] : [{ path, target }]
  })
  return all.filter(({ target }) => target.startsWith('/') && target === posix.normalize(target))
}

/** Directories of outputs that stood before the step, as where `mkdir out` was typed by hand. */
export const standingOf = (facts: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(facts).flatMap(([name, state]) => {
    const path = /^directory\/(.+)$/s.exec(name)?.[1]
    return path !== undefined && state === 'stood' && isPlain(path) ? [path] : []
  })

/** A recipe may be anybody's: nothing is put beside the workspace, or among what git and roar keep there. */
const isOrdinary = ({ path, target }: StepLink): boolean =>
  isPlain(path) && (target.startsWith('/') ? target === posix.normalize(target) : isPlain(target))

/** Below the workspace, and not among what git and roar keep there. */
export const isPlain = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '..' && part !== '.' && part !== '.git' && part !== '.roar')

/** As it stands in the link, which may be moved with its workspace. */
export const writtenTarget = ({ path, target }: StepLink): string =>
  target.startsWith('/') ? target : posix.relative(posix.dirname(path), target)

/** Of all steps, each place once. */
export const linkedPlaces = (steps: readonly RecipeStep[]): readonly string[] => [
  ...new Set(steps.flatMap(({ links = [], folders = [] }) => [...links.map(({ path }) => path), ...folders])),
]
