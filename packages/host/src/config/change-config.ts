/** Sets or unsets one key in a settings file; a change that would not read back as meant is refused. */
import { existsSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { RoarError, redactionsIn } from '@roar/core'
import { createRedaction } from '../environment/redaction.ts'
import { replaceFile } from '../workspace/private-files.ts'
import { userPlaces } from '../workspace/user-places.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { onlyOfUser, parseWords, requireKey } from './check-setting.ts'
import { setKey, unsetKey } from './edit-toml.ts'
import { flattenToml } from './read-toml.ts'
import { type SettingKey, type SettingValue, settingOf } from './settings.ts'

export type SettingsPlace = 'workspace' | 'user'

/** `words` as typed by a person: one, or the members of a list. */
export async function setConfig(
  workspace: Pick<Workspace, 'configFile'>,
  key: string,
  words: readonly string[],
  place: SettingsPlace = 'workspace',
): Promise<SettingValue | null> {
  const known = requireKey(key)
  if (place === 'workspace' && settingOf(known).ofUser) throw onlyOfUser(known, workspace.configFile)
  return changeSettingsFile(fileOf(workspace, place), key, words)
}

export async function unsetConfig(
  workspace: Pick<Workspace, 'configFile'>,
  key: string,
  place: SettingsPlace = 'workspace',
): Promise<void> {
  await changeSettingsFile(fileOf(workspace, place), key, null)
}

const fileOf = ({ configFile }: Pick<Workspace, 'configFile'>, place: SettingsPlace): string =>
  place === 'user' ? userPlaces().configFile : configFile

/** `words` as typed by a person; null removes the key. Returns the value that is now in the file. */
export async function changeSettingsFile(
  file: string,
  key: string,
  words: readonly string[] | null,
): Promise<SettingValue | null> {
  const known = requireKey(key)
  const value = words === null ? null : parseWords(known, words, 'the command line')
  refuseSecrets(known, words ?? [])
  await writeKey(file, known, value)
  return value
}

function refuseSecrets(key: SettingKey, words: readonly string[]): void {
  const redaction = createRedaction({ names: [], keep: [] })
  const found = redactionsIn(words.map((word) => redaction.text(word)))
  if (found.length === 0) return
  throw new RoarError('ROAR_CONFIG_SECRET', `${key} would keep a secret: ${found.join(' ')}`, {
    cause: 'Settings files are copied, shown and committed. Nothing was changed.',
    remedy: [`roar config set ${key} with the value without it`, 'Hand the secret over in the environment'],
  })
}

/** `key`: of a setting, or of a variable; checked by the caller. Null removes it. */
export async function writeKey(file: string, key: string, value: SettingValue | null): Promise<void> {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const after = value === null ? unsetKey(before, key) : setKey(before, key, value)
  await prove(before, after, key, value, file)
  if (after === before) return
  try {
    replaceFile(file, after)
  } catch (error) {
    throw unwritable(key, file, error as Error)
  }
}

const unwritable = (key: string, file: string, { message }: Error): RoarError =>
  new RoarError('ROAR_CONFIG_EDIT', `${key} cannot be changed: ${file} cannot be written`, {
    cause: message,
    remedy: [`ls -ld ${file} and the directories above it`],
  })

async function prove(before: string, after: string, key: string, value: SettingValue | null, file: string) {
  const wanted = new Map(await flattenToml(before, file))
  if (value === null) wanted.delete(key)
  else wanted.set(key, value)
  const got = await flattenToml(after, file).catch(() => null)
  if (got && isDeepStrictEqual(sorted(got), sorted(wanted))) return
  throw new RoarError('ROAR_CONFIG_EDIT', `${key} cannot be changed in ${file} without rewriting it`, {
    cause: 'It is written in a form, such as an inline table, that the editor does not touch.',
    remedy: [`Change ${key} in ${file} by hand`],
  })
}

const sorted = (flat: ReadonlyMap<string, unknown>): readonly unknown[] =>
  [...flat].sort(([a], [b]) => (a < b ? -1 : 1))
