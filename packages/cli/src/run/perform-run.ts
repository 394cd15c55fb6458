/** Starts the command, records what it did, says it. Once it has started its own status counts, whatever becomes of the record. */
import {
  type GitState,
  jobDocument,
  type LineageStore,
  type Progress,
  type RunRequest,
  type RunResult,
  runJob,
} from '@roar/core'
import { markedUntilStart } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { openLaunch } from '../launch/index.ts'
import { printableJson } from '../output/escape.ts'
import type { Report } from '../output/report.ts'
import { endMark, markEnd } from './end-mark.ts'
import { shellExitCode } from './exit-code.ts'
import { HashProgressLine } from './hash-progress.ts'
import { HeldWarnings } from './held-warnings.ts'
import { Interruption } from './interruption.ts'
import type { JsonTarget } from './json-target.ts'
import { loadClassifier } from './load-classifier.ts'
import { warnOfUnused } from './named-composites.ts'
import type { PreparedRequest } from './prepare-request.ts'
import { recoverInterrupted } from './recover-interrupted.ts'
import { runServices } from './run-services.ts'
import { summarise } from './run-summary.ts'
import { dropGarbage } from './spare-memory.ts'
import { suggestIgnores } from './suggest-ignores.ts'
import { watchExit } from './watch-exit.ts'

export interface PreparedRun {
  readonly store: LineageStore
  readonly prepared: PreparedRequest
  /** Of the workspace, for the command. */
  readonly variables: Readonly<Record<string, string>>
  /** Declared for this run alone. */
  readonly composites: readonly string[]
  /** Where the record goes as JSON, too. */
  readonly target: JsonTarget | null
}

/** `recorded` false: the command has run, and its log is all that is left of it. Throws where it was never started. */
export async function performRun(
  services: Services,
  { store, prepared, variables, composites, target }: PreparedRun,
  report: Report,
): Promise<{ readonly code: number; readonly recorded: boolean }> {
  const interruption = new Interruption()
  const launch = openLaunch(process.env)
  launch.onInterrupt(() => interruption.note())
  const { runDirectory } = prepared.command
  const child = watchExit(markedUntilStart(launch, runDirectory), variables, endMark(runDirectory))
  // Behind the child: its terminal is its own.
  const warnings = new HeldWarnings(report)
  const ports = await runServices(services, store, child.port, warnings.warn)
  const request: RunRequest = { ...prepared, abort: interruption.signal, interrupted: () => interruption.asked }
  const line = new HashProgressLine()
  let code = 0
  let recorded = false
  try {
    const result = await runJob(
      ports,
      () => loadClassifier(services, ports.files, composites, warnings.warn),
      request,
      (progress) => follow(progress, interruption, line),
    )
    code = shellExitCode(result.exit)
    recorded = true
    launch.recorded()
    line.clear()
    warnings.release()
    await tell(services, store, result, prepared.git, target, report)
    if (composites.length > 0) {
      const { root } = await services.get('workspace')
      warnOfUnused(composites, root, services.get('directory'), result.outcome, report)
    }
    await recoverInterrupted(services, store, ports, report, warnings.warn)
  } catch (error) {
    line.clear()
    // Whoever observes it may have failed while it goes on.
    const exit = await child.exit()
    warnings.release()
    // Before the child has started nothing was done; behind it, its own status is what counts.
    if (exit === null) throw error
    code = shellExitCode(exit)
    markEnd(runDirectory)
    report.fail(error, code)
  }
  return { code, recorded }
}

function follow(progress: Progress, interruption: Interruption, line: HashProgressLine): void {
  if (progress.phase === 'ended') interruption.childEnded()
  if (progress.phase === 'hashing') line.update(progress.progress)
  if (progress.phase !== 'hashing' || progress.progress.files === progress.progress.totalFiles) dropGarbage()
}

async function tell(
  services: Services,
  store: LineageStore,
  { handle, outcome }: RunResult,
  git: GitState | null,
  target: JsonTarget | null,
  report: Report,
): Promise<void> {
  summarise(report, { handle, outcome, git })
  await suggestIgnores(services, outcome, git, report)
  const record = target && (await store.job(handle.id))
  if (record) target.write(`${printableJson(jobDocument(record))}\n`)
}
