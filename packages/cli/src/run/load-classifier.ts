/** The detectors of the active plugins with the user's own rules above them. */
import type { Classifier, FilePort } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { pathRules } from './path-rules.ts'

export async function loadClassifier(services: Services, files: FilePort): Promise<Classifier> {
  const [plugins, config, workspace] = await Promise.all([
    services.get('plugins'),
    services.get('config'),
    services.get('workspace'),
  ])
  const patterns = { track: config.get('filter.track'), ignore: config.get('filter.ignore') }
  const [detectors, rules] = await Promise.all([plugins.loadAll('detectors'), pathRules(patterns, workspace.rootPath)])
  return { detectors, rules, probe: files.probe }
}
