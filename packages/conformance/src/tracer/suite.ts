/** The suite that every tracer must pass; call it in a test file of your own. */
import { join } from 'node:path'
import type { TracerFactory } from '@roar/core'
import { type BuiltCase, buildCase, buildDirectory, lackOfCompiler, lackOfInterpreter } from './build.ts'
import { type CaseFile, type Column, filterCases, readCases } from './case-file.ts'
import { runCase } from './harness.ts'
import { Stages } from './stages.ts'
import { type CaseResult, Summary, summaryLine } from './summary.ts'

/** What the suite asks of a test runner: vitest and node:test have it. */
export interface TestRunner {
  describe(name: string, body: () => void): void
  it(name: string, body: (context: TestContext) => Promise<void>, timeout?: number): void
  afterAll(body: () => void): void
}
export interface TestContext {
  skip(reason?: string): void
}

export interface TracerSuiteOptions {
  /** Which duties are yours: E sees from the kernel, P from inside the process, T from a supervising process, H from both of the latter. */
  readonly column: Column
  /** Default: vitest, imported when the suite is set up. */
  readonly runner?: TestRunner
  /** Runs of each case; default the environment's REPEAT, else 3. */
  readonly repeat?: number
  /** Globs over ids, as `io-*,name-07`; default the environment's CASES, else all. */
  readonly cases?: string
  /** Cases that are known to fail, and why: they are run and counted as failed, and do not fail the suite. An empty list is the aim. */
  readonly faults?: Readonly<Record<string, string>>
  /** Default: `build/<tracer>.json` of this package. */
  readonly summaryFile?: string
}

/**
 * Registers one test a case.
 *
 *     await tracerSuite(createTracer, { column: 'P' })
 */
export async function tracerSuite(createTracer: TracerFactory, options: TracerSuiteOptions): Promise<void> {
  const { describe, it, afterAll } = options.runner ?? (await import('vitest'))
  const tracer = createTracer()
  const repeat = options.repeat ?? Number(process.env.REPEAT ?? 3)
  const cases = filterCases(readCases(), options.cases ?? process.env.CASES)
  const summary = new Summary(tracer.name, repeat)
  const stages = new Stages()
  describe(`${tracer.name} reports what programs do`, () => {
    for (const one of cases) {
      it(`${one.id}: ${one.title}`, (context) => check(one, context), 180_000 + 2_000 * repeat)
    }
    afterAll(() => {
      stages.close()
      summary.write(options.summaryFile ?? join(buildDirectory, `${tracer.name}.json`))
      console.log(summaryLine(summary.totals()))
    })
  })

  async function resultOf(one: CaseFile): Promise<CaseResult['result']> {
    const rounds = one.repeat === null ? repeat : Math.min(one.repeat, repeat)
    const program = lackOf(one) ?? (await built(one))
    if (typeof program === 'string') return { verdict: 'skipped', reason: program }
    const stage = stages.for(one)
    if (typeof stage === 'string') return { verdict: 'skipped', reason: stage }
    return runCase(stage, one, program, tracer, one.duty[options.column], rounds)
  }

  async function check(one: CaseFile, context: TestContext): Promise<void> {
    const result = await resultOf(one)
    summary.add(one, options.column, result)
    if (result.verdict === 'skipped') {
      console.log(`skipped ${one.id}: ${result.reason}`)
      context.skip(result.reason)
    }
    if (result.verdict !== 'failed') return
    const fault = options.faults?.[one.id]
    if (fault === undefined) throw new Error(`${one.id}\n  ${result.problems.join('\n  ')}`)
    console.log(`known to fail: ${one.id}: ${fault}`)
    context.skip(`known to fail: ${fault}`)
  }
}

/** Built, or the reason why this compiler cannot. */
async function built(one: CaseFile): Promise<BuiltCase | string> {
  try {
    return await buildCase(one)
  } catch (error) {
    const reason = lackOfCompiler(one, error)
    if (reason) return reason
    throw error
  }
}

/** What the case needs and this machine has not. */
export const lackOf = (one: CaseFile): string | null =>
  one.needs.includes('root') && process.getuid?.() !== 0 ? 'needs root' : lackOfInterpreter(one)
