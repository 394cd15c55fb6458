/** Jobs whose recorder died: what their logs still hold is recorded now, as interrupted. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isRoarError, type JobRow, type LineageStore, type RunServices, recoverJob } from '@roar/core'
import { neverStarted } from '@roar/host'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { endOf } from './end-mark.ts'
import { loadClassifier } from './load-classifier.ts'
import { lifeOf } from './process-identity.ts'
import { removeRunDirectory } from './run-directory.ts'

export async function recoverInterrupted(
  services: Services,
  store: LineageStore,
  ports: Omit<RunServices, 'launch'>,
  report: Report,
  warn: (message: string) => void,
): Promise<void> {
  for (const row of await store.runningJobs()) {
    const life = lifeOf({ pid: row.recorderPid ?? 0, start: row.recorderStart ?? '' })
    if (life === 'alive' || (life === 'unseen' && isInUse(row.traceLog))) continue
    if (neverStarted(row.traceLog)) {
      await forget(store, row, report)
      continue
    }
    // What stands in the way of one is not in the way of the others, nor of the run that has just been recorded.
    await recoverOne(services, store, ports, row.id, warn)
      .then(() => report.note(`roar: recorded ${row.uid} as interrupted: its recorder ${whatBecame[life]}`))
      .catch((error: unknown) => isDone(error) || report.fail(error, report.exitCode))
  }
}

/** As a job whose command could not be started: no record of what did not happen. */
async function forget(store: LineageStore, { uid, traceLog }: JobRow, report: Report): Promise<void> {
  await store.abandonJob(uid)
  if (traceLog !== null) removeRunDirectory(traceLog)
  report.note(`roar: forgot ${uid}: its recorder had ended before the command was started`)
}

/** To read a log to its end closes it, and whoever lives would go on unheard. */
const isInUse = (log: string | null): boolean => log !== null && existsSync(log)

/** Another run, or the job's own recorder, was quicker. */
const isDone = (error: unknown): boolean => isRoarError(error) && error.code === 'ROAR_JOB_FINISHED'

const whatBecame = {
  ended: 'had died',
  unseen: 'cannot be seen from here (in another container?); if it lives, it has the last word',
} as const

async function recoverOne(
  services: Services,
  store: LineageStore,
  ports: Omit<RunServices, 'launch'>,
  id: number,
  warn: (message: string) => void,
): Promise<void> {
  const record = await store.job(id)
  if (record === null) return
  const [plugins, config, workspace] = await Promise.all([
    services.get('plugins'),
    services.get('config'),
    services.get('workspace'),
  ])
  const recovery = {
    uid: record.row.uid,
    start: record.start,
    workspaceRoot: workspace.rootPath,
    algorithms: config.algorithms('run'),
    // Both write the same log; the supervisor's mark stands as long as one works, and its processes have to be known by its own means.
    tracer: await plugins.load('tracers', isSupervised(record.start.traceLog) ? 'ptrace' : 'preload'),
    exit: null,
    endedNs: endOf(record.start.traceLog),
    env: services.get('env'),
  }
  await recoverJob(ports, await loadClassifier(services, ports.files, [], warn), recovery, () => undefined)
  const left = record.start.traceLog
  if (left !== null && existsSync(left)) removeRunDirectory(left)
}

const isSupervised = (runDirectory: string | null): boolean =>
  runDirectory !== null && existsSync(join(runDirectory, 'supervised'))
