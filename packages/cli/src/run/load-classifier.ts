/** The detectors of the active plugins with the user's own rules above them. */
import { resolve } from 'node:path'
import type { Classifier, FilePort } from '@roar/core'
import { canonicalPath, declaredComposites, loadDetectors } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { pathRules } from './path-rules.ts'

/** `composites`: directories named at the run. */
export async function loadClassifier(
  services: Services,
  files: FilePort,
  composites: readonly string[] = [],
): Promise<Classifier> {
  const [plugins, config, workspace] = await Promise.all([
    services.get('plugins'),
    services.get('config'),
    services.get('workspace'),
  ])
  const patterns = { track: config.get('filter.track'), ignore: config.get('filter.ignore') }
  const paths = composites.map((path) => canonicalPath(resolve(services.get('directory'), path)))
  const [detectors, rules, declared] = await Promise.all([
    loadDetectors(plugins),
    pathRules(patterns, workspace.rootPath),
    declaredComposites({ rules: config.composites, paths }, workspace.rootPath),
  ])
  const key = JSON.stringify([
    plugins.list().map(({ name, version }) => `${name}@${version}`),
    patterns,
    config.composites,
    paths,
    [files.probe.workspace, files.probe.home, files.probe.temporary],
  ])
  return {
    ...detectors,
    rules,
    declared,
    probe: files.probe,
    ...(files.freshProbe && { freshProbe: files.freshProbe }),
    key,
  }
}
