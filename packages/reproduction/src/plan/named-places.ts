/** Directories and files far from the workspace that the words of a command name: where the words can say another place, the files may have it. */
import { type BytePath, fromString } from '@roar/core'
import type { RecipeStep, Turned } from '../recipe/recipe.ts'
import { isIn } from '../recipe/turned.ts'

/** Beside the workspace, in the directory of the reproduction. */
const outside = '../outside'

/** The longest name for it; none where no step that uses the file names it. */
export function namedPlaces(path: BytePath, steps: readonly RecipeStep[]): readonly Turned[] {
  const users = steps.filter(({ inputs, outputs }) => [...inputs, ...outputs].some((one) => one.path === path))
  const names = users.flatMap(namesIn).filter((name) => isIn(path, name))
  const [longest] = names.sort((a, b) => b.length - a.length)
  return longest === undefined ? [] : [{ from: longest, to: outside + longest }]
}

/** As `relocated` finds them. Directories directly below `/` hold everybody's files. */
function namesIn({ argv, variables }: RecipeStep): readonly string[] {
  const parts = [...argv.slice(1), ...Object.values(variables)].flatMap((text) => text.split(/[=:,]/))
  const names = parts.filter((part) => /^(\/[^/]+)+\/?$/.test(part)).map((part) => part.replace(/\/$/, ''))
  return names.filter((name) => name.lastIndexOf('/') > 0 && !/(^|\/)\.\.?(\/|$)/.test(name) && fromString(name) !== '')
}
