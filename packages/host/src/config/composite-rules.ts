/** `[[composite]]` in a settings file: the user's own directory-shaped artifacts. */
import { RoarError } from '@roar/core'

export interface CompositeRule {
  /** Of directories, or of files that lie beside each other; as in .gitignore, relative to the workspace. */
  readonly glob: string
  /** Shown as its format. */
  readonly name: string
  /** Patterns of what belongs to it; empty: everything. */
  readonly members: readonly string[]
  /** A file in it without which it is incomplete. */
  readonly finished: string | null
}

const known = ['glob', 'name', 'members', 'finished']

export function compositeRules(value: unknown, file: string): readonly CompositeRule[] {
  if (!Array.isArray(value)) throw fault(file, 'composite is a list of tables')
  return value.map((one) => rule(one, file))
}

function rule(table: unknown, file: string): CompositeRule {
  if (typeof table !== 'object' || table === null) throw fault(file, 'a composite is a table')
  const { glob, name = 'declared', members = [], finished = null } = table as Record<string, unknown>
  const unknown = Object.keys(table).find((key) => !known.includes(key))
  if (unknown !== undefined) throw fault(file, `a composite has no '${unknown}'`)
  if (typeof glob !== 'string' || glob === '') throw fault(file, "a composite needs a 'glob'")
  const odd = faultOf(glob)
  if (odd !== null) throw fault(file, `the 'glob' ${JSON.stringify(glob)} of a composite ${odd}`)
  if (typeof name !== 'string' || !/^[a-z0-9][a-z0-9._-]*$/i.test(name))
    throw fault(file, "the 'name' of a composite is of letters, digits, dots and dashes")
  if (!Array.isArray(members) || !members.every((one) => typeof one === 'string' && one !== ''))
    throw fault(file, "the 'members' of a composite are a list of patterns")
  if (finished !== null && (typeof finished !== 'string' || finished === ''))
    throw fault(file, "'finished' of a composite is the name of a file")
  // A slash behind it says that a directory is meant; its path has none.
  return { glob: glob.replace(/^(?:\.\/+)+|\/+$/g, ''), name, members, finished }
}

/** What would never match anything. */
function faultOf(glob: string): string | null {
  if (glob.startsWith('!')) return 'says what is none'
  if (/(?:^|\/)\.\.(?:\/|$)/.test(glob)) return 'leads out of the workspace'
  if (/^[./]*$/.test(glob)) return 'is the workspace itself'
  return /\[(?![^\]]+\])/.test(glob.replace(/\\./g, '')) ? 'has a bracket that is not closed' : null
}

const fault = (file: string, what: string): RoarError =>
  new RoarError('ROAR_CONFIG_TYPE', `${file}: ${what}`, {
    cause: `A composite is declared by ${known.join(', ')}; only 'glob' has to be there.`,
    remedy: [`Correct the [[composite]] in ${file}`],
  })
