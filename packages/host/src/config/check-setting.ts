/** Is this a setting, and is this a value for it? Every source of settings is held to the same answers. */
import { nearest, RoarError } from '@roar/core'
import { isSettingKey, type SettingKey, type SettingValue, settingKeys, settingOf } from './settings.ts'
import { variableIn } from './variables.ts'

export function requireKey(key: string, where: string | null = null): SettingKey {
  if (isSettingKey(key)) return key
  if (variableIn(key) !== null) throw isVariable(key)
  const near = nearestKey(key)
  throw new RoarError('ROAR_CONFIG_UNKNOWN_KEY', `there is no setting '${key}'${where ? ` (in ${where})` : ''}`, {
    cause: near ? `Did you mean ${near}?` : `Known settings: ${settingKeys.join(', ')}.`,
    remedy: near && where === null ? [`Use ${near}`, 'roar config list'] : ['roar config list'],
    data: { key, nearest: near },
  })
}

const isVariable = (key: string): RoarError =>
  new RoarError('ROAR_CONFIG_UNKNOWN_KEY', `${key} is a variable of commands, not a setting of roar`, {
    remedy: ['roar env list', 'roar env set NAME=VALUE'],
    data: { key, nearest: null },
  })

/** A whole table's name, or the last part alone, is a likely slip: `run` for `hash.run`. */
function nearestKey(key: string): string | null {
  const [near] = nearest(key, settingKeys)
  if (near) return near
  const last = key.split('.').at(-1) as string
  const byLast = settingKeys.find((one) => one.split('.').at(-1) === last)
  const best = settingKeys.map((one) => ({ one, near: nearest(last, [one.split('.').at(-1) as string]) }))
  return byLast ?? best.find(({ near }) => near.length > 0)?.one ?? null
}

export function checkValue(key: SettingKey, value: unknown, where: string): SettingValue {
  const setting = settingOf(key)
  const wrong = typeFault(setting.type, value) ?? contentFault(setting.check, value as SettingValue)
  if (wrong === null) return value as SettingValue
  throw new RoarError('ROAR_CONFIG_TYPE', `${key} in ${where}: ${wrong}`, {
    cause: `${key} takes ${kinds[setting.type]}. ${setting.description}`,
    remedy: [`roar config set ${key} ${exampleOf(setting.default)}`],
    data: { key, origin: where },
  })
}

const kinds = { text: 'a text', flag: 'true or false', list: 'a list of texts' } as const

const exampleOf = (value: SettingValue): string =>
  typeof value === 'object' ? (value[0] ?? 'VALUE') : value === '' ? 'VALUE' : String(value)

function typeFault(type: keyof typeof kinds, value: unknown): string | null {
  const ok =
    type === 'list'
      ? Array.isArray(value) && value.every((one) => typeof one === 'string')
      : typeof value === (type === 'flag' ? 'boolean' : 'string')
  return ok ? null : `${JSON.stringify(value)} is not ${kinds[type]}`
}

function contentFault(check: ((value: string) => string | null) | undefined, value: SettingValue): string | null {
  if (!check || typeof value === 'boolean') return null
  for (const one of typeof value === 'string' ? [value] : value) {
    const fault = check(one)
    if (fault) return `'${one}' is ${fault}`
  }
  return null
}

/** What a workspace would say of itself is no answer. */
export const onlyOfUser = (key: SettingKey, where: string): RoarError =>
  new RoarError('ROAR_CONFIG_TYPE', `${key} in ${where}: it is a setting of the user alone`, {
    cause: 'A workspace cannot say of itself that it is to be trusted.',
    remedy: [`roar config set --user ${key} ${exampleOf(settingOf(key).default)}`],
    data: { key, origin: where },
  })

/** From words of a command line or of the environment. */
export function parseWords(key: SettingKey, words: readonly string[], where: string): SettingValue {
  const { type } = settingOf(key)
  if (type === 'list') return checkValue(key, words, where)
  const word = words.length === 1 ? (words[0] as string) : words
  return checkValue(key, type === 'flag' ? (truth.get(String(word).toLowerCase()) ?? word) : word, where)
}

const truth = new Map(
  Object.entries({ true: true, yes: true, on: true, 1: true, false: false, no: false, off: false, 0: false }),
)
