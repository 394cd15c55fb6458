/** How the command is started: by the launcher that started us, or by Node where there is none. */
import type { LaunchPort } from '@roar/core'
import { launcherLaunch } from './launcher-launch.ts'
import { spawnLaunch } from './spawn-launch.ts'

export type InterruptListener = (signal: string, from: 'group' | 'single') => void

export interface Launch extends LaunchPort {
  /** Somebody wants the run to end; the command is told by other ways. */
  onInterrupt(listener: InterruptListener): void
  /** Everything is recorded and said: nobody has to wait for us any longer. */
  end(): void
}

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
