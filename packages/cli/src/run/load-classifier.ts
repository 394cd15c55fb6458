/** The host's classifier, from the services and with the directories that were named at the run. */
import type { Classifier, FilePort } from '@roar/core'
import { canonicalBytes, loadClassifier as classifierOf } from '@roar/host'
import { placeHere } from '../composition/place-here.ts'
import type { Services } from '../composition/services.ts'
import { typedPaths } from '../words/typed-path.ts'

export async function loadClassifier(
  services: Services,
  files: FilePort,
  composites: readonly string[] = [],
  warn?: (message: string) => void,
): Promise<Classifier> {
  const [plugins, config] = await Promise.all([services.get('plugins'), services.get('config')])
  const workspace = placeHere(services)
  // All that the words can mean: which one it is shows only once the command has made it.
  const paths = composites.flatMap((path) => typedPaths(services.get('directory'), path)).map(canonicalBytes)
  return classifierOf({ config, plugins, workspace }, files, paths, warn)
}
