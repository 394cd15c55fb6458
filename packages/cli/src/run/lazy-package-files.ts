/** Checks the files of packages; loaded when a job has used the first that can be checked. */
import type { HashService, PackageFilePort } from '@roar/core'
import { createPackageFiles, userPlaces } from '@roar/host'

export const lazyPackageFiles = (
  hashes: HashService,
  env: Readonly<Record<string, string | undefined>>,
): PackageFilePort => ({
  async compare(files, signal) {
    return createPackageFiles(hashes, userPlaces(env).packageVerdicts).compare(files, signal)
  },
})
