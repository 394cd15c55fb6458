/** `roar run` and `roar build`: prepare, start, record, report. Returns the exit code. */
import {
  type Command,
  type ExitStatus,
  fromString,
  type GitState,
  jobDocument,
  type LaunchPort,
  type LineageStore,
  monotonic,
  type Progress,
  type RunRequest,
  type RunResult,
  type RunServices,
  relativeTo,
  runJob,
} from '@roar/core'
import { commandEnvironment, markedUntilStart, withoutFailing } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { requireAlgorithms } from '../hashing/known-algorithms.ts'
import { openLaunch } from '../launch/index.ts'
import { printableJson } from '../output/escape.ts'
import type { Report } from '../output/report.ts'
import { requireClean } from './check-clean.ts'
import { chooseTracer, tracerCandidates } from './choose-tracer.ts'
import { endMark, markEnd } from './end-mark.ts'
import { shellExitCode } from './exit-code.ts'
import { searchPathOf } from './find-executable.ts'
import { HashProgressLine } from './hash-progress.ts'
import { HeldWarnings } from './held-warnings.ts'
import { Interruption } from './interruption.ts'
import { type JsonTarget, openJsonTarget } from './json-target.ts'
import { lazyHashes } from './lazy-hashes.ts'
import { lazyPackageFiles } from './lazy-package-files.ts'
import { loadClassifier } from './load-classifier.ts'
import { type PlannedRun, planRun } from './plan-run.ts'
import { ownIdentity } from './process-identity.ts'
import { recoverInterrupted } from './recover-interrupted.ts'
import { makeRunDirectory, removeRunDirectory } from './run-directory.ts'
import type { RunOptions } from './run-options.ts'
import { summarise } from './run-summary.ts'
import { dropGarbage, sparingTracer } from './spare-memory.ts'
import { suggestIgnores } from './suggest-ignores.ts'
import { warnOfHarm } from './warn-of-harm.ts'

export async function recordRun(services: Services, options: RunOptions, report: Report): Promise<number> {
  const workspace = await services.get('workspace')
  // Git answers while everything else is being made ready.
  const git = services.get('git').then((port) => port.state(services.get('directory')))
  git.catch(() => undefined)
  const target = openJsonTarget(options.json, options.jsonFile)
  const store = await services.get('storeWriter')
  const { env, added, covered } = commandEnvironment(await services.get('config'), services.get('env'))
  for (const name of covered) report.detail(`${name} is set for this workspace (roar env), over what your shell has`)
  const places = { directory: services.get('directory'), root: workspace.root, searchPath: searchPathOf(env) }
  const plan = await planRun(options, places, store)
  const runDirectory = makeRunDirectory(process.env)
  let kept = false
  try {
    const command: Command = { argv: plan.argv, cwd: plan.cwd, env, runDirectory }
    const request = await prepareRequest(services, options, plan, command, git, store)
    warnOfHarm(request.tracer, plan.file, report)
    const { code, recorded } = await perform(services, store, request, added, options.composites, target, report)
    // What could not be recorded now (a full disk) is recorded from the log by the next run.
    kept = !recorded
    return code
  } finally {
    if (!kept) removeRunDirectory(runDirectory)
  }
}

type Prepared = Omit<RunRequest, 'abort' | 'interrupted'>

async function prepareRequest(
  services: Services,
  options: RunOptions,
  plan: PlannedRun,
  command: Command,
  gitState: Promise<RunRequest['git']>,
  store: LineageStore,
): Promise<Prepared> {
  const [workspace, config, plugins] = await Promise.all([
    services.get('workspace'),
    services.get('config'),
    services.get('plugins'),
  ])
  const algorithms = [...new Set([...config.algorithms('run'), ...options.algorithms])]
  await requireAlgorithms(plugins, algorithms, 125)
  const wanted = options.tracer ?? config.get('tracer.default')
  const tracer = await chooseTracer(
    tracerCandidates(plugins),
    { wanted, fallback: options.fallback ?? config.get('tracer.fallback') },
    command,
  )
  const git = await gitState
  if (git?.dirty && !options.allowDirty && config.get('git.require_clean')) await requireClean(git, workspace, store)
  return {
    kind: plan.kind,
    name: plan.name,
    step: plan.step,
    command,
    cwd: relativeTo(workspace.rootPath, fromString(plan.cwd)),
    workspaceRoot: workspace.rootPath,
    git,
    tags: options.tags,
    algorithms,
    hashInputs: options.hashInputs,
    hold: config.holdLimits(),
    untouchedBytes: config.untouchedBytes(),
    tracer: { ...tracer, tracer: sparingTracer(tracer.tracer) },
    recorder: ownIdentity(),
  }
}

async function perform(
  services: Services,
  store: LineageStore,
  prepared: Prepared,
  variables: Readonly<Record<string, string>>,
  composites: readonly string[],
  target: JsonTarget | null,
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
    line.clear()
    warnings.release()
    await tell(services, store, result, prepared.git, target, report)
    await recoverInterrupted(services, store, ports, report, warnings.warn)
  } catch (error) {
    line.clear()
    const exit = child.exit()
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

/** Remembers how the child ended, whatever happens to the record. `variables`: of the workspace, below what a tracer sets. */
function watchExit(
  launch: LaunchPort,
  variables: Readonly<Record<string, string>>,
  endMark: string,
): { readonly port: LaunchPort; exit(): ExitStatus | null } {
  let ended: ExitStatus | null = null
  const port: LaunchPort = {
    start: async (request) => {
      const child = await launch.start({ ...request, env: { ...variables, ...request.env }, endMark })
      const exited = child.exited.then((exit) => {
        ended = exit
        return exit
      })
      return { pid: child.pid, exited }
    },
  }
  return { port, exit: () => ended }
}

async function runServices(
  services: Services,
  store: LineageStore,
  launch: LaunchPort,
  warn: (message: string) => void,
): Promise<RunServices> {
  const [git, files, environment] = await Promise.all([
    services.get('git'),
    services.get('files'),
    services.get('environment'),
  ])
  const hashes = withoutFailing(
    lazyHashes(() => services.get('hashes')),
    warn,
  )
  const packageFiles = lazyPackageFiles(hashes, services.get('env'))
  const clock = { now: () => Date.now(), monotonic }
  const composites = () => services.get('composites')
  return { store, hashes, git, files, launch, environment, packageFiles, clock, composites }
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
