/** `roar run CMD…` without any option of ours, as it is mostly typed: no parser has to be loaded for it, which takes a tenth of the start. */
import { isRoarError, type JobKind } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { endLaunch } from '../launch/index.ts'
import { Report } from '../output/report.ts'
import { perform } from '../perform.ts'
import { recordRun } from './record-run.ts'
import type { RunOptions } from './run-options.ts'

export async function runPlain(kind: JobKind, words: readonly string[]): Promise<number> {
  const report = new Report({ json: false, quiet: false, verbosity: 0, color: 'auto', env: process.env })
  const options = { ...defaults, kind, words }
  const start = { directory: '.', env: process.env }
  const code = await perform(report, start, (report, services) => record(services, options, report))
  endLaunch()
  return code
}

const defaults: Omit<RunOptions, 'kind' | 'words'> = {
  tracer: undefined,
  fallback: undefined,
  allowDirty: false,
  name: null,
  algorithms: [],
  tags: {},
  hashInputs: true,
  composites: [],
  json: false,
  jsonFile: undefined,
}

export async function record(services: Services, options: RunOptions, report: Report): Promise<void> {
  try {
    report.exitCode = await recordRun(services, options, report)
  } catch (error) {
    report.fail(error, codeBeforeStart(error))
  }
}

/** Whatever went wrong before the child started is 125, but for a command that is not there (127) or may not be executed (126). */
const codeBeforeStart = (error: unknown): number => Math.max(125, isRoarError(error) ? error.exitCode : 0)
