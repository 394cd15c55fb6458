/** How the command is started: by the launcher that started us, or by Node where there is none. */
import type { Launch } from './launch.ts'
import { launcherLaunch } from './launcher-launch.ts'
import { spawnLaunch } from './spawn-launch.ts'

export type { InterruptListener, Launch } from './launch.ts'

let opened: Launch | null = null

export function openLaunch(env: NodeJS.ProcessEnv): Launch {
  const fd = Number(env.ROAR_LAUNCHER_FD ?? '')
  // The launcher's word to us alone.
  delete env.ROAR_LAUNCHER_FD
  opened = Number.isInteger(fd) && fd > 2 ? launcherLaunch(fd) : spawnLaunch()
  return opened
}

/** The last thing that a process does which has recorded a job. */
export const endLaunch = (): void => opened?.end()
