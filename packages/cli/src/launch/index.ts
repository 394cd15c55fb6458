/** How the command is started: by the launcher that started us, or by Node where there is none. */
import type { LaunchPort } from '@roar/core'
import { spawnLaunch } from './spawn-launch.ts'

export type InterruptListener = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', from: 'terminal' | 'kill') => void

export interface Launch extends LaunchPort {
  onInterrupt(listener: InterruptListener): void
  /** Tells whoever waits for us what to exit with. Called once, last. */
  end(code: number): Promise<void>
}

export function openLaunch(_env: NodeJS.ProcessEnv): Launch {
  return spawnLaunch()
}
