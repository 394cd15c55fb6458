/** What the pipeline of a run is given: each service, loaded no earlier than it has to be. */
import { type LaunchPort, type LineageStore, monotonic, type RunServices } from '@roar/core'
import { withoutFailing } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { lazyHashes } from './lazy-hashes.ts'
import { lazyPackageFiles } from './lazy-package-files.ts'

export async function runServices(
  services: Services,
  store: LineageStore,
  launch: LaunchPort,
  warn: (message: string) => void,
): Promise<RunServices> {
  const [git, files, environment] = await Promise.all([
    services.get('git'),
    services.get('files'),
    services.get('environment'),
  ])
  const hashes = withoutFailing(
    lazyHashes(() => services.get('hashes')),
    warn,
  )
  const packageFiles = lazyPackageFiles(hashes, services.get('env'))
  const clock = { now: () => Date.now(), monotonic }
  const composites = () => services.get('composites')
  return { store, hashes, git, files, launch, environment, packageFiles, clock, composites }
}
