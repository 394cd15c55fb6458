/** Writes or removes one setting, in the workspace's file or the user's, and answers with what holds then. */
import type { Services } from '../composition/services.ts'
import { requireAlgorithms } from '../hashing/known-algorithms.ts'
import { type ConfigDocument, settingDocument } from './config-document.ts'

const holdsAlgorithms = new Set(['hash.primary', 'hash.run', 'hash.get', 'hash.put'])

/** `words` null: remove. Several words are a list. */
export async function changeSetting(
  services: Services,
  key: string,
  words: readonly string[] | null,
  user: boolean,
): Promise<ConfigDocument> {
  if (words !== null && holdsAlgorithms.has(key)) await requireAlgorithms(await services.get('plugins'), words, 1)
  const { setConfig, trustWorkspace, unsetConfig } = await import('@roar/host')
  const workspace = await services.get('workspace')
  const place = user ? 'user' : 'workspace'
  if (!user) await trustWorkspace(workspace, services.get('env'))
  if (words === null) await unsetConfig(workspace, key, place)
  else await setConfig(workspace, key, words, place)
  return settingDocument(await services.at(workspace.root).get('config'), key)
}
