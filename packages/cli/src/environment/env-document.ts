/** `roar.env/1`: the variables that commands of this workspace get, and where each was set. */
import { redactionsIn } from '@roar/core'
import { redactionOf, type SetVariable } from '@roar/host'
import type { Services } from '../composition/services.ts'

export interface EnvDocument {
  readonly schema: 'roar.env/1'
  readonly variables: readonly EnvEntry[]
}

export interface EnvEntry {
  readonly name: string
  /** With a marker in the place of a secret that somebody wrote into the file by hand. */
  readonly value: string
  readonly secret: boolean
  readonly origin: string
  /** What the shell that asks has under this name: the workspace's value comes before it. */
  readonly shell: 'unset' | 'same' | 'other'
}

export async function envDocument(services: Services, names: readonly string[] | null = null): Promise<EnvDocument> {
  const config = await services.get('config')
  const env = services.get('env')
  const redaction = redactionOf(config, env)
  const entry = ({ name, value, origin }: SetVariable): EnvEntry => {
    const shown = redaction.value(name, value)
    const here = env[name]
    const shell = here === undefined ? 'unset' : here === value ? 'same' : 'other'
    return { name, value: shown, secret: redactionsIn([shown]).length > 0, origin, shell }
  }
  const asked = config.variables.filter(({ name }) => names === null || names.includes(name))
  return { schema: 'roar.env/1', variables: asked.map(entry) }
}
