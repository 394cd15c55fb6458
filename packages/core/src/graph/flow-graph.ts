/** Jobs and the contents that flow between them, each knowing the other. */
import type { BytePath } from '../byte-path.ts'
import type { JobRow } from '../store.ts'

/** Sets, since a job may make a hundred thousand files, and a file may be used by as many jobs. */
export interface Flow {
  /** Every producer before its consumers. */
  readonly jobs: readonly FlowJob[]
}

export interface FlowJob {
  readonly row: JobRow
  readonly inputs: ReadonlySet<FlowFile>
  readonly outputs: ReadonlySet<FlowFile>
  /** Source files that the job used, left out of `inputs`. */
  readonly code: number
  /** How many more outputs it has, which nobody else makes or uses. */
  readonly left: number
}

export interface FlowFile {
  readonly key: string
  readonly path: BytePath
  readonly digest: string | null
  readonly size: number | null
  readonly producers: ReadonlySet<FlowJob>
  readonly consumers: ReadonlySet<FlowJob>
}
