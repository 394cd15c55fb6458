/** A job's command as people read it: the step's name before it, where it was given one. */
import { shellWords, visible } from './escape.ts'
import type { Styles } from './styles.ts'

interface Command {
  readonly name: string | null
  readonly argv: readonly string[]
}

export const namedCommand = ({ name, argv }: Command, styles: Styles | null = null): string =>
  before(name, styles) + shellWords(argv)

function before(name: string | null, styles: Styles | null): string {
  // Rows of an earlier make have none at all.
  if (!name) return ''
  const shown = visible(name)
  return `${styles ? styles.heading(shown) : shown}: `
}
