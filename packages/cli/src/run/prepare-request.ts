/** What is to be recorded, and by whom: algorithms, tracer and git's state, each refused here where the run could not be kept. */
import { type Command, fromString, type LineageStore, type RunRequest, relativeTo } from '@roar/core'
import { chooseTracer, tracerCandidates } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { requireAlgorithms } from '../hashing/known-algorithms.ts'
import { requireClean } from './check-clean.ts'
import type { PlannedRun } from './plan-run.ts'
import { ownIdentity } from './process-identity.ts'
import type { RunOptions } from './run-options.ts'
import { sparingTracer } from './spare-memory.ts'

/** All of a request but what belongs to the time while the command runs. */
export type PreparedRequest = Omit<RunRequest, 'abort' | 'interrupted'>

export async function prepareRequest(
  services: Services,
  options: RunOptions,
  plan: PlannedRun,
  command: Command,
  gitState: Promise<RunRequest['git']>,
  store: LineageStore,
): Promise<PreparedRequest> {
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
    streams: services.get('streams').own,
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
