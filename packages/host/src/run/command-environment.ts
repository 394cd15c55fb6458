/** The environment of a command: what its caller has, with the workspace's own variables over it. */
import type { Config } from '../config/config.ts'

type Env = Readonly<Record<string, string | undefined>>

export interface CommandEnvironment {
  readonly env: Env
  /** What was added to the caller's. */
  readonly added: Readonly<Record<string, string>>
  /** Names of which the caller had another value. */
  readonly covered: readonly string[]
}

/** The caller's own object where nothing is set: whoever remembers something by it finds it again. */
export function commandEnvironment({ variables }: Pick<Config, 'variables'>, env: Env): CommandEnvironment {
  const added = Object.fromEntries(variables.map(({ name, value }) => [name, value]))
  const covered = variables.filter(({ name, value }) => env[name] !== undefined && env[name] !== value)
  return {
    env: variables.length === 0 ? env : { ...env, ...added },
    added,
    covered: covered.map(({ name }) => name),
  }
}
