/** Checks the files of packages; loaded when a job has used the first that can be checked. */
import type { HashService, PackageFilePort } from '@roar/core'

export const lazyPackageFiles = (
  hashes: HashService,
  env: Readonly<Record<string, string | undefined>>,
): PackageFilePort => ({
  async modified(files, signal) {
    const { createPackageFiles, userPlaces } = await import('@roar/host')
    return createPackageFiles(hashes, userPlaces(env).packageVerdicts).modified(files, signal)
  },
})
