/** Directories and files far from the workspace that the words of a command name: where the words can say another place, the files may have it. */
import { posix } from 'node:path'
import type { BytePath } from '@roar/core'
import type { RecipeStep, Turned } from '../recipe/recipe.ts'
import { partsOf } from '../recipe/relocate.ts'
import { recordedPath } from '../recipe/streams.ts'
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

/** Whole words, and parts of those that are no script of the shell. Directories directly below `/` hold everybody's files. */
function namesIn({ argv, variables }: RecipeStep): readonly string[] {
  const parts = [...argv.slice(1), ...Object.values(variables)].flatMap((text) => text.split(/[=:,]/))
  const names = parts.filter((part) => /^(\/[^/]+)+\/?$/.test(part)).map((part) => part.replace(/\/$/, ''))
  return names.filter((name) => name.lastIndexOf('/') > 0 && !/(^|\/)\.\.?(\/|$)/.test(name))
}

/** By a path that goes up from where a step that made it worked: `../data/made`, in its words or behind its streams. */
export const isNamedFromHere = (path: BytePath, steps: readonly RecipeStep[]): boolean =>
  steps
    .filter(({ outputs }) => outputs.some((one) => one.path === path))
    .some((step) => pathsUp(step).some((name) => isIn(path, name)))

function pathsUp({ argv, variables, streams = {}, cwd, above = [] }: RecipeStep): readonly string[] {
  const { stdout, stderr } = streams
  const words = [...argv, ...Object.values(variables), stdout?.path ?? '', stderr?.path ?? '']
  const names = words.flatMap((text) => partsOf(text)).filter((part) => part.includes('..'))
  return names.flatMap((name) => {
    const at = posix.join(cwd, name)
    const recorded = at.startsWith('..') ? recordedPath(at.replace(/\/$/, ''), above) : null
    return recorded ?? []
  })
}
