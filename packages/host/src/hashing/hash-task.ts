/** What every way of hashing is told about its task. */
import type { ProgressCount } from './progress-count.ts'

export interface Task {
  /** Files of so many bytes or more are not read: error LARGE, with the stamp. */
  readonly below: number
  readonly threads: number
  readonly background: boolean
  readonly signal: AbortSignal | undefined
  readonly progress: ProgressCount
}
