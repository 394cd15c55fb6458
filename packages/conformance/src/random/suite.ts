/** Programs by chance under a tracer, in a test file of its own. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TracerFactory } from '@roar/core'
import type { Tolerance } from './compare.ts'
import { parseProgram } from './program.ts'
import { check, type Finding, type Search, searchBatch } from './search.ts'
import { buildTracee } from './tracee.ts'

export interface RandomSuiteOptions {
  readonly tolerance?: Tolerance
  /** For the tracee's compiler: `-static`. */
  readonly flags?: readonly string[]
  /** Default: the environment's PROGRAMS, else 3,000. */
  readonly programs?: number
}

const batchSize = 250

/**
 * Registers two tests: programs by chance (SEED and PROGRAMS say which), and PROGRAM alone where the environment names one.
 *
 *     await randomSuite(createTracer)
 */
export async function randomSuite(createTracer: TracerFactory, options: RandomSuiteOptions = {}): Promise<void> {
  const { it, expect } = await import('vitest')
  const tracer = createTracer()
  const count = options.programs ?? Number(process.env.PROGRAMS ?? 3000)
  // The same programs each time: what is new is looked for with SEED, not by surprise.
  const seed = Number(process.env.SEED ?? 1)
  const inPlace = async <T>(use: (search: Search) => Promise<T>): Promise<T> => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'roar-random-')))
    try {
      return await use({ tracer, tracee: buildTracee(options.flags), base, tolerance: options.tolerance ?? {} })
    } finally {
      rmSync(base, { recursive: true, force: true })
    }
  }
  const only = process.env.PROGRAM
  if (only !== undefined) {
    it(`${tracer.name} records truly: ${only}`, () =>
      inPlace(async (search) => expect(await check(search, parseProgram(only))).toEqual([])))
    return
  }
  it(
    `${tracer.name} records ${count} programs made by chance truly, from seed ${seed}`,
    () =>
      inPlace(async (search) => {
        for (let at = 0; at < count; at += batchSize)
          expect(told(await searchBatch(search, seed + at, Math.min(batchSize, count - at)), seed + at)).toBe('')
      }),
    30_000 + count * 60,
  )
}

function told(finding: Finding | null, seed: number): string {
  if (!finding) return ''
  const again = finding.onlyTogether
    ? `SEED=${seed} PROGRAMS=${batchSize} (alone it is recorded truly)`
    : `PROGRAM='${finding.program}'`
  return [finding.program, ...finding.problems.map((problem) => `  ${problem}`), `  again: ${again}`].join('\n')
}
