/** The detectors of the active plugins with the user's own rules above them. */
import type { BytePath, Classifier, FilePort } from '@roar/core'
import type { Config } from '../config/config.ts'
import type { Warn } from '../plugins/left-out.ts'
import type { PluginHost } from '../plugins/plugin-host.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { declaredComposites } from './declared-composites.ts'
import { loadDetectors } from './load-detectors.ts'
import { pathRules } from './path-rules.ts'

export interface ClassifierRoom {
  readonly config: Config
  readonly plugins: PluginHost
  readonly workspace: Pick<Workspace, 'rootPath'>
}

/** `paths`: directories named at the run, canonical. */
export async function loadClassifier(
  room: ClassifierRoom,
  files: FilePort,
  paths: readonly BytePath[] = [],
  warn: Warn = () => undefined,
): Promise<Classifier> {
  const { plugins } = room
  const first = await classifierOf(room, files, paths, loadDetectors(plugins, warn))
  const { freshProbe } = files
  if (freshProbe === undefined) return first
  const renewed = async (): Promise<Classifier> => {
    const fresh = { ...files, probe: freshProbe({ remembersLists: true }) }
    return classifierOf(room, fresh, paths, loadDetectors(plugins, warn, 'anew'))
  }
  return { ...first, renewed }
}

async function classifierOf(
  { config, plugins, workspace }: ClassifierRoom,
  { probe, freshProbe }: FilePort,
  paths: readonly BytePath[],
  loading: ReturnType<typeof loadDetectors>,
): Promise<Classifier> {
  const patterns = { track: config.get('filter.track'), ignore: config.get('filter.ignore') }
  const [detectors, rules, declared] = await Promise.all([
    loading,
    pathRules(patterns, workspace.rootPath),
    declaredComposites({ rules: config.composites, paths }, workspace.rootPath),
  ])
  const key = JSON.stringify([
    plugins.list().map(({ name, version }) => `${name}@${version}`),
    patterns,
    config.composites,
    paths,
    [probe.workspace, probe.home, probe.temporary, [...(probe.caches ?? [])]],
  ])
  return {
    ...detectors,
    rules,
    declared,
    probe,
    ...(freshProbe && { freshProbe }),
    key,
  }
}
