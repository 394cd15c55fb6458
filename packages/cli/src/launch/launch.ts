/** A started command, and whoever wants it to end. */
import type { LaunchPort } from '@roar/core'

export type InterruptListener = (signal: string, from: 'group' | 'single') => void

export interface Launch extends LaunchPort {
  /** Somebody wants the run to end; the command is told by other ways. */
  onInterrupt(listener: InterruptListener): void
  /** Everything is recorded and said: nobody has to wait for us any longer. */
  end(): void
}
