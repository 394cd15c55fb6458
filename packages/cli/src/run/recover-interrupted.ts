/** Jobs whose recorder died: what their logs still hold is recorded now, as interrupted. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type LineageStore, type RunServices, recoverJob } from '@roar/core'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { endOf } from './end-mark.ts'
import { loadClassifier } from './load-classifier.ts'
import { isAlive } from './process-identity.ts'
import { removeRunDirectory } from './run-directory.ts'

export async function recoverInterrupted(
  services: Services,
  store: LineageStore,
  ports: Omit<RunServices, 'launch'>,
  report: Report,
): Promise<void> {
  for (const row of await store.runningJobs()) {
    const recorder = { pid: row.recorderPid ?? 0, start: row.recorderStart ?? '' }
    if (recorder.pid === process.pid || isAlive(recorder)) continue
    await recoverOne(services, store, ports, row.id)
    report.note(`roar: recorded ${row.uid} as interrupted: its recorder had died`)
  }
}

async function recoverOne(
  services: Services,
  store: LineageStore,
  ports: Omit<RunServices, 'launch'>,
  id: number,
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
  await recoverJob(ports, await loadClassifier(services, ports.files), recovery, () => undefined)
  const left = record.start.traceLog
  if (left !== null && existsSync(left)) removeRunDirectory(left)
}

const isSupervised = (runDirectory: string | null): boolean =>
  runDirectory !== null && existsSync(join(runDirectory, 'supervised'))
