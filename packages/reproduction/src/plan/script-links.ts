/** Lines of a script for links that stood in the workspace when a step ran, and directories in the place of some. */
import { writtenTarget } from '../recipe/links.ts'
import type { RecipeStep } from '../recipe/recipe.ts'
import { word } from './shell-text.ts'

/** What has a link's name already came from the commit or from an earlier step. */
export function linkLines({ links = [], folders = [] }: RecipeStep): readonly string[] {
  const made = links.map((link) => {
    const [at, target] = [word(link.path), word(writtenTarget(link))]
    return `[ -e ${at} ] || { mkdir -p "$(dirname -- ${at})" && ln -sfn -- ${target} ${at}; }`
  })
  return [...folders.map((one) => `mkdir -p -- ${word(one)}`), ...made]
}
