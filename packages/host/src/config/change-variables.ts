/** Sets and takes away variables of `[env.set]`. Secrets are refused: the file is copied, shown and committed. */
import { nearest, RoarError, redactionsIn } from '@roar/core'
import { redactionOf } from '../environment/environment-port.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { writeKey } from './change-config.ts'
import type { Config } from './config.ts'
import { checkName, checkText, variableKey } from './variables.ts'

type Env = Readonly<Record<string, string | undefined>>

/** All of them or, where one is refused, none. `env`: whose secrets are known when they come again. */
export async function setVariables(
  { configFile }: Pick<Workspace, 'configFile'>,
  config: Config,
  env: Env,
  variables: readonly (readonly [string, string])[],
): Promise<void> {
  for (const [name, value] of variables) {
    checkText(checkName(name), value, 'the command line')
    refuseSecret(config, env, name, value)
  }
  for (const [name, value] of variables) await writeKey(configFile, variableKey(name), value)
}

export async function unsetVariables(
  { configFile }: Pick<Workspace, 'configFile'>,
  config: Config,
  names: readonly string[],
): Promise<void> {
  for (const name of names) requireVariable(config, name)
  for (const name of names) await writeKey(configFile, variableKey(name), null)
}

export function requireVariable({ variables }: Config, name: string) {
  const found = variables.find((one) => one.name === name)
  if (found) return found
  const [near] = nearest(
    name,
    variables.map((one) => one.name),
  )
  throw new RoarError('ROAR_ENV_UNKNOWN', `no variable '${name}' is set in this workspace`, {
    ...(near && { cause: `Did you mean ${near}?` }),
    remedy: ['roar env list', `roar env set ${name}=VALUE`],
    data: { name, nearest: near ?? null },
  })
}

function refuseSecret(config: Config, env: Env, name: string, value: string): void {
  const shown = redactionOf(config, env).value(name, value)
  if (shown === value) return
  throw new RoarError('ROAR_CONFIG_SECRET', `${name} would keep a secret: ${redactionsIn([shown]).join(' ')}`, {
    cause: 'Settings files are copied, shown and committed. Nothing was changed.',
    remedy: [
      `Hand it over in the environment of the command: ${name}=… roar run …`,
      `roar config set redact.keep ${name}   if it is no secret`,
    ],
  })
}
