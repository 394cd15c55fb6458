/** Roar's own programs, where a job starts roar itself: with them every job of that kind would depend on the version of its recorder. */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BytePath, type Candidate, fromString, type Probe } from '@roar/core'
import { isWithin } from '../by-directory.ts'

/** Of a clone the folder of its packages; null where they were installed: then they are packages as all others. */
const packages = ownPackages(fileURLToPath(import.meta.url))

export function ownPackages(file: string): BytePath | null {
  const at = file.lastIndexOf('/artifact-detectors/')
  return at < 0 || file.includes('/node_modules/') ? null : fromString(file.slice(0, at))
}

const built = /^\/[\w-]+\/(?:package\.json$|dist\/|bin\/|launcher\/build\/|native\/build\/)/

/** Only what is read: somebody builds the clone, too. Who works in the clone means its files. */
export function isOwnCode({ path, role }: Candidate, { workspace }: Probe, own: BytePath | null = packages): boolean {
  if (own === null || role !== 'input' || !path.startsWith(own)) return false
  return built.test(path.slice(own.length)) && !(workspace !== null && isWithin(workspace, dirname(own)))
}
