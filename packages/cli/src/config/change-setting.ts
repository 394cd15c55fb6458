/** Writes or removes one setting, in the workspace's file or the user's, and answers with what holds then. */
import type { Services } from '../composition/services.ts'
import { requireAlgorithms } from '../hashing/known-algorithms.ts'
import { type ConfigDocument, settingDocument } from './config-document.ts'

const holdsAlgorithms = new Set(['hash.primary', 'hash.run', 'hash.get', 'hash.put'])

/** `given` null: remove. Several words are a list; so is one that is a list of texts in TOML and JSON: `["sha256","md5"]`. */
export async function changeSetting(
  services: Services,
  key: string,
  given: readonly string[] | null,
  user: boolean,
): Promise<ConfigDocument> {
  const words = given === null ? null : (listIn(given) ?? given)
  if (words !== null && holdsAlgorithms.has(key)) await requireAlgorithms(await services.get('plugins'), words, 1)
  if (words !== null && key === 'tracer.default') await requireTracer(services, words)
  const at = user ? services.get('directory') : (await services.get('workspace')).root
  if (user) await changeOfUser(services, key, words)
  else await changeOfWorkspace(services, key, words)
  return settingDocument(await services.at(at).get('config'), key)
}

/** Null where it is something else: `[a-z]*` is a pattern of names. */
function listIn([word = '', ...others]: readonly string[]): readonly string[] | null {
  if (others.length > 0 || !/^\[\s*".*"\s*\]$/s.test(word)) return null
  try {
    const list: unknown = JSON.parse(word)
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : null
  } catch {
    return null
  }
}

/** Anywhere, in a workspace or not. */
async function changeOfUser(services: Services, key: string, words: readonly string[] | null): Promise<void> {
  const { changeSettingsFile, userPlaces } = await import('@roar/host')
  await changeSettingsFile(userPlaces(services.get('env')).configFile, key, words)
}

async function changeOfWorkspace(services: Services, key: string, words: readonly string[] | null): Promise<void> {
  const { setConfig, trustWorkspace, unsetConfig } = await import('@roar/host')
  const workspace = await services.get('workspace')
  await trustWorkspace(workspace, services.get('env'))
  if (words === null) await unsetConfig(workspace, key)
  else await setConfig(workspace, key, words)
}

/** Else every run from then on would be refused. */
async function requireTracer(services: Services, words: readonly string[]): Promise<void> {
  const names = (await services.get('plugins')).contributions('tracers').map((one) => one.name)
  const { unknownTracer } = await import('../tracers/change-tracer.ts')
  for (const word of words) if (word !== 'auto' && !names.includes(word)) throw unknownTracer(word, names)
}
