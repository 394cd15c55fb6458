/** A started command, and whoever wants it to end. */
import type { LaunchPort } from '@roar/core'
import type { GitAnswer } from '@roar/host'

export type InterruptListener = (signal: string, from: 'group' | 'single') => void

export interface Launch extends LaunchPort {
  /** What `git status` says of where we are, asked while this process started; null where nobody has asked. */
  readonly gitStatus: (() => Promise<GitAnswer | null>) | null
  /** Somebody wants the run to end; the command is told by other ways. */
  onInterrupt(listener: InterruptListener): void
  /** Whether `end` is the end of this process. */
  readonly endsUs: boolean
  /** The record is made: whatever becomes of us now, the run is not interrupted. */
  recorded(): void
  /** Everything is recorded and said: nobody has to wait for us any longer. */
  end(): void
}
