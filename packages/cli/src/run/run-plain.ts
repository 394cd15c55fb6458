/** `roar run CMD…` as it is mostly typed: no parser has to be loaded for it, which takes a fifth of the start. */
import { isRoarError, type JobKind } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { endLaunch } from '../launch/index.ts'
import { Report } from '../output/report.ts'
import { perform } from '../perform.ts'
import { wholeWords, withBytes } from '../words/argument-bytes.ts'
import { readWords } from '../words/read-words.ts'
import { separateCommand } from '../words/separate-command.ts'
import { recordRun } from './record-run.ts'
import { recordingOptions, withValue } from './recording-options.ts'
import { runOptions, type TypedOptions } from './run-options.ts'

/** Null: the options are of no plain form, and nothing was done. */
export async function runPlain(kind: JobKind, typed: readonly string[]): Promise<number | null> {
  const { command } = separateCommand(typed, withValue)
  const { options } = separateCommand(withBytes(typed), withValue)
  const read = readWords(options, recordingOptions, false)
  if (read === null) return null
  const { json, quiet, directory } = read.given
  const report = new Report({ json, quiet, verbosity: read.verbosity, color: 'auto', env: process.env })
  const start = { directory: directory ?? '.', env: process.env }
  const run = { ...read.given, kind, words: wholeWords(command), fallback: undefined, hashInputs: true }
  const code = await perform(report, start, (report, services) => record(services, run, report), `roar ${kind}`)
  endLaunch()
  return code
}

export async function record(services: Services, typed: TypedOptions, report: Report): Promise<void> {
  try {
    report.exitCode = await recordRun(services, runOptions(typed), report)
  } catch (error) {
    report.fail(error, codeBeforeStart(error))
  }
}

/** Whatever went wrong before the child started is 125, but for a command that is not there (127) or may not be executed (126). */
const codeBeforeStart = (error: unknown): number => Math.max(125, isRoarError(error) ? error.exitCode : 0)
