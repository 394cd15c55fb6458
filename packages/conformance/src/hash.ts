/** The suite that every hash must pass; call it in a test file of your own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileHasher, fromString, type HashFactory, toBuffer } from '@roar/core'
import { byteCases } from './hash/byte-cases.ts'
import { type FilePlace, fileCases } from './hash/file-cases.ts'
import type { Oracle } from './hash/samples.ts'
import type { TestRunner } from './tracer/suite.ts'

export { patterned } from './hash/samples.ts'

export interface HashSuiteOptions {
  readonly oracle: Oracle
  /** Default: vitest, imported when the suite is set up. */
  readonly runner?: TestRunner
}

/**
 * Registers the tests.
 *
 *     await hashSuite(createHash, { oracle: (bytes) => crc32(bytes) })
 */
export async function hashSuite(createHash: HashFactory, { oracle, runner }: HashSuiteOptions): Promise<void> {
  const chosen = runner ?? (await import('vitest'))
  const algorithm = await createHash('')
  chosen.describe(`${algorithm.name} is a hash`, () => {
    for (const { is, check } of byteCases) chosen.it(is, async () => check(algorithm, oracle))
  })
  if (algorithm.files) fileSuite(chosen, algorithm.name, algorithm.files, oracle)
}

/** For an algorithm that reads whole files by itself. */
function fileSuite({ describe, it, afterAll }: TestRunner, name: string, files: FileHasher, oracle: Oracle): void {
  const directory = mkdtempSync(join(tmpdir(), 'roar-hash-suite-'))
  const place = placeIn(directory)
  describe(`${name} reads files`, () => {
    afterAll(() => rmSync(directory, { recursive: true }))
    for (const { is, check } of fileCases) it(is, (context) => check(files, place, oracle, context))
  })
}

function placeIn(directory: string): FilePlace {
  const at: FilePlace['at'] = (name) => fromString(join(directory, name))
  const write: FilePlace['write'] = (name, bytes) => {
    writeFileSync(toBuffer(at(name)), bytes)
    return at(name)
  }
  return { at, write }
}
