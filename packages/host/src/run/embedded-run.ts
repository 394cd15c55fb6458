/** One job of an embedding program: what `roar run` does, without a terminal and without touching the program's signals. */
import { resolve } from 'node:path'
import {
  type ChosenTracer,
  type Command,
  type CompositePort,
  fromString,
  type HashService,
  type JobKind,
  type LineageStore,
  monotonic,
  type Progress,
  type RunResult,
  type RunServices,
  relativeTo,
  runJob,
} from '@roar/core'
import type { Config } from '../config/config.ts'
import { createEnvironmentPort } from '../environment/environment-port.ts'
import { factSource } from '../environment/fact-source.ts'
import { readStreams } from '../environment/stream-facts.ts'
import { createGitPort } from '../git/git-port.ts'
import { requireClean } from '../git/require-clean.ts'
import { shellOutputs } from '../git/shell-outputs.ts'
import { withoutFailing } from '../hashing/without-failing.ts'
import { createPackageFiles } from '../packages/package-files.ts'
import type { PluginHost } from '../plugins/plugin-host.ts'
import { createFilePort } from '../probe/file-port.ts'
import { userPlaces } from '../workspace/user-places.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { chooseTracer } from './choose-tracer.ts'
import { commandEnvironment } from './command-environment.ts'
import { findExecutable, searchPathOf } from './find-executable.ts'
import { loadClassifier } from './load-classifier.ts'
import { ownIdentity } from './process-identity.ts'
import { makeRunDirectory, removeRunDirectory } from './run-directory.ts'
import { createLaunch } from './start-child.ts'
import { tracerCandidates } from './tracer-candidates.ts'
import { markedUntilStart } from './waiting-mark.ts'

export interface EmbeddedRun {
  readonly argv: readonly string[]
  /** The program's own directory if not given. */
  readonly cwd?: string
  /** The program's own environment if not given, with the workspace's variables over it; what is given comes before those. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly kind?: JobKind
  readonly name?: string
  readonly tags?: Readonly<Record<string, string>>
  /** `auto` or a name; as configured if not given. */
  readonly tracer?: string
  /** Beside the configured ones. */
  readonly algorithms?: readonly string[]
  readonly hashInputs?: boolean
  readonly allowDirty?: boolean
  readonly stdio?: 'inherit' | 'ignore'
  /** Ends the child by SIGTERM, and hashing after it; what is known is recorded. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface RunRoom {
  readonly workspace: Workspace
  readonly config: Config
  readonly plugins: PluginHost
  readonly store: LineageStore
  readonly hashes: HashService
  composites(): Promise<CompositePort | null>
}

const ownOutputs = (env: Readonly<Record<string, string | undefined>>): readonly string[] =>
  shellOutputs(readStreams(factSource(env), 'self', '/').facts, '/')

export async function embeddedRun(room: RunRoom, run: EmbeddedRun): Promise<RunResult> {
  const own = commandEnvironment(room.config, process.env)
  const env = run.env ? { ...own.added, ...run.env } : own.env
  const cwd = resolve(run.cwd ?? process.cwd())
  const git = createGitPort(env, null, run.stdio === 'ignore' ? [] : ownOutputs(env))
  const [state] = await Promise.all([git.state(cwd), findExecutable(run.argv[0] ?? '', cwd, searchPathOf(env))])
  const { workspace, config, store } = room
  if (state?.dirty && !run.allowDirty && config.get('git.require_clean')) await requireClean(state, workspace, store)
  const runDirectory = makeRunDirectory(process.env)
  let unrecorded = false
  try {
    const command: Command = { argv: run.argv, cwd, env, runDirectory }
    const files = createFilePort({ workspace, env })
    const child = createLaunch({ env, stdio: run.stdio ?? 'inherit', signal: run.signal })
    const launch = markedUntilStart(child, runDirectory)
    const places = userPlaces(env)
    const environment = createEnvironmentPort(config, { commitmentKey: workspace.commitmentKey, cache: places.cache })
    const clock = { now: () => Date.now(), monotonic }
    const packageFiles = createPackageFiles(room.hashes, places.packageVerdicts)
    const composites = () => room.composites()
    const report = run.onProgress ?? (() => undefined)
    const warn = (message: string) => report({ phase: 'warning', message })
    const hashes = withoutFailing(room.hashes, warn)
    const services: RunServices = { store, hashes, git, files, launch, environment, packageFiles, clock, composites }
    const request = {
      kind: run.kind ?? ('run' as const),
      name: run.name ?? null,
      step: null,
      command,
      cwd: relativeTo(workspace.rootPath, fromString(cwd)),
      workspaceRoot: workspace.rootPath,
      git: state,
      tags: run.tags ?? {},
      algorithms: [...new Set([...config.algorithms('run'), ...(run.algorithms ?? [])])],
      hashInputs: run.hashInputs ?? true,
      hold: config.holdLimits(),
      untouchedBytes: config.untouchedBytes(),
      tracer: await tracerFor(room, run, command),
      recorder: ownIdentity(),
      abort: run.signal ?? new AbortController().signal,
      interrupted: () => run.signal?.aborted ?? false,
    }
    const follow = (progress: Progress): void => {
      if (progress.phase === 'started') unrecorded = true
      report(progress)
    }
    const result = await runJob(services, () => loadClassifier(room, files, [], warn), request, follow)
    unrecorded = false
    return result
  } finally {
    // What has run and could not be recorded is recorded from its log by the next run.
    if (!unrecorded) removeRunDirectory(runDirectory)
  }
}

function tracerFor({ config, plugins }: RunRoom, run: EmbeddedRun, command: Command): Promise<ChosenTracer> {
  const wanted = run.tracer ?? config.get('tracer.default')
  return chooseTracer(tracerCandidates(plugins), { wanted, fallback: config.get('tracer.fallback') }, command)
}
