/** `[env.set]` in a workspace's settings file: variables that every command of `roar run` and `roar build` gets. */
import { RoarError } from '@roar/core'

export interface SetVariable {
  readonly name: string
  readonly value: string
  /** The file that says so. */
  readonly origin: string
}

const table = 'env.set.'

export const variableKey = (name: string): string => table + name

/** The variable of a flat key; null of a setting. */
export const variableIn = (key: string): string | null => (key.startsWith(table) ? key.slice(table.length) : null)

/** What a shell takes for a name, but for roar's own: those are settings. */
export function checkName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !name.startsWith('ROAR_')) return name
  const own = name.startsWith('ROAR_')
  throw new RoarError('ROAR_ENV_NAME', `'${name}' cannot be set for the commands that roar runs`, {
    cause: own
      ? 'Variables that begin with ROAR_ are settings of roar itself.'
      : 'The name of a variable is of letters, digits and underscores, and does not begin with a digit.',
    remedy: own ? ['roar config list shows the settings'] : ['roar env set NAME=VALUE'],
    exitCode: 2,
  })
}

/** No variable of any system can hold a NUL. */
export function checkText(name: string, value: unknown, where: string): string {
  if (typeof value === 'string' && !value.includes('\0')) return value
  throw new RoarError('ROAR_CONFIG_TYPE', `${variableKey(name)} in ${where}: ${JSON.stringify(value)} is not a text`, {
    cause: 'A variable is a text in quotes, without a NUL.',
    remedy: [`roar env set ${name}=VALUE`],
    data: { key: variableKey(name), origin: where },
  })
}

/** A user's own variables would come before those that a recipe recorded, wherever it is performed. */
export const onlyInWorkspace = (key: string, file: string): RoarError =>
  new RoarError('ROAR_CONFIG_TYPE', `${key} in ${file}: variables are set for one workspace`, {
    cause: 'What holds in all workspaces of one user would change what is reproduced in them.',
    remedy: [`Take [env.set] out of ${file}`, 'roar env set NAME=VALUE, in the workspace'],
    data: { key, origin: file },
  })
