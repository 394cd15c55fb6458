/** What lies at a folder once its files have been moved, if it is a composite: then that is what is recorded, with its members. */
import { rmdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { type BytePath, fromString, isRoarError, RoarError } from '@roar/core'
import { type ExpectedDigest, type MovedComposite, mismatchError, type Transferred } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { compositeNamed } from '../hashing/find-composite.ts'
import { hashComposite } from '../hashing/hash-composite.ts'

/**
 * `files`: those that were moved. `url`: ends in a slash. `declared`: it was recorded as one artifact, whether or not a format knows it. Null for a folder
 * that no format knows, or of which not all members were moved.
 */
export async function movedComposite(
  services: Services,
  folder: string,
  url: string,
  files: readonly Transferred[],
  declared = false,
): Promise<MovedComposite | null> {
  const named = await compositeNamed(services, fromString(folder))
  if (!named || (named.found.format === 'directory' && !declared)) return null
  const sha256 = files.every(({ digests }) => digests.sha256 !== undefined)
  const done = await hashComposite(services, named.found, named.classifier, { sha256 })
  if (!done?.digests || !done.manifest) return null
  const moved = new Map(files.map((one) => [fromString(one.file) as string, one]))
  // Of a set of files, the folder that they lie in.
  const { root } = named.found
  const members: Transferred[] = []
  for (const { path, digests } of done.each()) {
    const one = moved.get(`${root}/${path}` as BytePath)
    if (!one) return null
    if (one.digests.blake3 !== undefined && one.digests.blake3 !== digests.blake3) throw changed(one.file)
    members.push(one)
  }
  const { found, size, digests, manifest, incomplete } = done
  return { folder, url, format: found.format, size, digests, manifest, incomplete, members }
}

/** `expected`: of the composite as a whole. */
export function checkComposite(url: string, composite: MovedComposite | null, expected: ExpectedDigest): void {
  if (!composite)
    throw new RoarError('ROAR_USAGE', `What lies at ${url} is no composite with a digest of its own.`, {
      remedy: ['docs/formats.md lists what is recognised', 'roar get URL/FILE --hash HEX checks one file'],
    })
  const { digests } = composite
  const fits = ([name, value]: readonly [string, string]): boolean =>
    value === expected.value && (expected.algorithm === undefined || expected.algorithm === name)
  if (Object.entries(digests).some(fits)) return
  const found = Object.entries(digests).map(([name, value]) => `${name}:${value}`)
  const what = 'the digest that was asked for'
  throw mismatchError(url, { what, wanted: expected.value, found: found.join(' or ') })
}

/** Nothing is kept of what is not what was asked for. `made`: the outermost directories that were not there before. */
export async function discarding<T>(
  files: readonly Transferred[],
  made: ReadonlySet<string>,
  check: () => Promise<T>,
): Promise<T> {
  try {
    return await check()
  } catch (error) {
    for (const { file } of files) rmSync(file, { force: true })
    for (const { file } of files) removeMade(dirname(file), made)
    if (!isRoarError(error)) throw error
    const { code, message, why: cause, remedy, exitCode, data } = error
    throw new RoarError(code, message, { cause, remedy, exitCode, data: { ...data, discarded: true } })
  }
}

/** From the inside out, as far as it was made here and nothing is left in it. */
function removeMade(directory: string, made: ReadonlySet<string>): void {
  const isMade = (one: string): boolean => [...made].some((outermost) => `${one}/`.startsWith(`${outermost}/`))
  for (let one = directory; isMade(one); one = dirname(one))
    try {
      rmdirSync(one)
    } catch {
      // Another file of it is still there, or it is gone already.
    }
}

const changed = (file: string): RoarError =>
  new RoarError('ROAR_TRANSFER_CHANGED', `'${file}' is not what it was.`, {
    cause: 'It changed while the rest of its composite was on its way.',
    remedy: ['Wait until nobody writes to it.'],
  })
