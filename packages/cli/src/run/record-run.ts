/** `roar run` and `roar build`: prepare, start, record, report. Returns the exit code. */
import type { Command } from '@roar/core'
import { commandEnvironment, searchPathOf } from '@roar/host'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { openJsonTarget } from './json-target.ts'
import { checkNamed } from './named-composites.ts'
import { performRun } from './perform-run.ts'
import { planRun } from './plan-run.ts'
import { prepareRequest } from './prepare-request.ts'
import { makeRunDirectory, removeRunDirectory } from './run-directory.ts'
import type { RunOptions } from './run-options.ts'
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
  const streams = services.get('streams').facts
  const places = { directory: services.get('directory'), root: workspace.root, searchPath: searchPathOf(env), streams }
  checkNamed(options.composites, workspace.root, places.directory)
  const plan = await planRun(options, places, store)
  const runDirectory = makeRunDirectory(process.env)
  let kept = false
  try {
    const command: Command = { argv: plan.argv, cwd: plan.cwd, env, runDirectory }
    const prepared = await prepareRequest(services, options, plan, command, git, store)
    warnOfHarm(prepared.tracer, plan.file, report)
    const run = { store, prepared, variables: added, composites: options.composites, target }
    const { code, recorded } = await performRun(services, run, report)
    // What could not be recorded now (a full disk) is recorded from the log by the next run.
    kept = !recorded
    return code
  } finally {
    if (!kept) removeRunDirectory(runDirectory)
  }
}
