/** What a script says of links and directories that stood in the workspace when a step ran, and of directories that have another place. */
import { writtenTarget } from '../recipe/links.ts'
import type { RecipeStep, Turned } from '../recipe/recipe.ts'
import { renamed } from '../recipe/relocate.ts'
import { word } from './shell-text.ts'

/** What has a link's name already came from the commit or from an earlier step. */
export function linkLines({ links = [], folders = [], standing = [] }: RecipeStep): readonly string[] {
  const made = links.map((link) => {
    const [at, target] = [word(link.path), word(writtenTarget(link))]
    return `[ -e ${at} ] || { mkdir -p "$(dirname -- ${at})" && ln -sfn -- ${target} ${at}; }`
  })
  const stood = standing.map((one) => `[ -e ${word(one)} ] || mkdir -p -- ${word(one)}`)
  return [...folders.map((one) => `mkdir -p -- ${word(one)}`), ...made, ...stood]
}

/** No word of a command holds it. */
const here = '\0'

/** A word that names what lies elsewhere now; `workspace` is a variable of the script. */
export function movedWord(text: string, turned: readonly Turned[]): string {
  const moved = turned.reduce((made, one) => renamed(made, one.from, `${here}/${one.to}`), text)
  if (moved === text) return word(text)
  return moved
    .split(here)
    .map((part) => (part === '' ? '' : word(part)))
    .join('"$workspace"')
}
