/** Settings from all sources, in order: option, environment, workspace, user, default. */
import { dirname } from 'node:path'
import { requireTrusted } from '../workspace/require-trusted.ts'
import { userPlaces } from '../workspace/user-places.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { checkValue, onlyOfUser, parseWords, requireKey } from './check-setting.ts'
import { type CompositeRule, compositeRules } from './composite-rules.ts'
import { Config, type ConfigLayer } from './config.ts'
import { isInForeignHome } from './foreign-home.ts'
import { readSettingsFile } from './read-toml.ts'
import { environmentName, type SettingKey, type SettingValue, settingKeys, settingOf } from './settings.ts'
import { checkName, checkText, onlyInWorkspace, type SetVariable, variableIn, variableKey } from './variables.ts'

export interface ConfigSources {
  readonly workspace: Pick<Workspace, 'configFile'> | null
  readonly env: Readonly<Record<string, string | undefined>>
  /** Values given on the command line or by an embedding program. */
  readonly options?: Readonly<Record<string, unknown>>
}

export async function loadConfig({ workspace, env, options = {} }: ConfigSources): Promise<Config> {
  const userFile = userPlaces(env).configFile
  const user = isInForeignHome(userFile) ? noSettings : await fileLayer(userFile)
  const misplaced = user.variables[0]
  if (misplaced) throw onlyInWorkspace(variableKey(misplaced.name), userFile)
  const own = [optionLayer(options), environmentLayer(env)]
  const fileLayers = [...(await workspaceLayer(workspace, new Config([...own, user]))), user]
  return new Config(
    [...own, ...fileLayers],
    fileLayers.flatMap((layer) => layer.composites),
    fileLayers.flatMap((layer) => layer.variables),
  )
}

/** None outside of a workspace. Nothing of one is read before it is known whose it is, by what the user alone has said. */
async function workspaceLayer(workspace: ConfigSources['workspace'], own: Config): Promise<readonly FileLayer[]> {
  if (workspace === null) return []
  requireTrusted(dirname(workspace.configFile), own.get('workspace.trusted'))
  const layer = await fileLayer(workspace.configFile)
  const misplaced = [...layer.values.keys()].find((key) => settingOf(key).ofUser)
  if (misplaced) throw onlyOfUser(misplaced, workspace.configFile)
  return [layer]
}

/** For who writes to a workspace without asking for its settings: those may be what is to be mended. */
export async function trustWorkspace(
  { directory }: Pick<Workspace, 'directory'>,
  env: ConfigSources['env'],
): Promise<void> {
  requireTrusted(directory, (await loadConfig({ workspace: null, env })).get('workspace.trusted'))
}

interface FileLayer extends ConfigLayer {
  readonly composites: readonly CompositeRule[]
  readonly variables: readonly SetVariable[]
}

const noSettings: FileLayer = { values: new Map(), composites: [], variables: [] }

async function fileLayer(file: string): Promise<FileLayer> {
  const values = new Map<SettingKey, { value: SettingValue; origin: string }>()
  const variables: SetVariable[] = []
  let composites: readonly CompositeRule[] = []
  for (const [name, value] of await readSettingsFile(file)) {
    const variable = variableIn(name)
    if (variable !== null) {
      variables.push({ name: checkName(variable), value: checkText(variable, value, file), origin: file })
      continue
    }
    if (name === 'composite') {
      composites = compositeRules(value, file)
      continue
    }
    const key = requireKey(name, file)
    values.set(key, { value: checkValue(key, value, file), origin: file })
  }
  return { values, composites, variables: variables.sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

function optionLayer(options: Readonly<Record<string, unknown>>): ConfigLayer {
  const values = new Map<SettingKey, { value: SettingValue; origin: string }>()
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue
    const key = requireKey(name, 'the options')
    values.set(key, { value: checkValue(key, value, 'the options'), origin: 'option' })
  }
  return { values }
}

function environmentLayer(env: ConfigSources['env']): ConfigLayer {
  const values = new Map<SettingKey, { value: SettingValue; origin: string }>()
  for (const key of settingKeys) {
    const name = environmentName(key)
    const word = env[name]
    if (word !== undefined) values.set(key, { value: parseWords(key, splitWord(key, word), name), origin: name })
  }
  return { values }
}

/** Lists stand in one variable with commas or newlines between; an empty variable is an empty list. */
const splitWord = (key: SettingKey, word: string): readonly string[] =>
  settingOf(key).type === 'list'
    ? word
        .split(/[,\n]/)
        .map((one) => one.trim())
        .filter((one) => one !== '')
    : [word]
