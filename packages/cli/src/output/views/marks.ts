/** One sign for how a job ended. */
import type { Styles } from '../styles.ts'

export interface Marked {
  readonly status: string
  readonly dirty: boolean
}

const marks: Readonly<Record<string, (styles: Styles) => string>> = {
  completed: (styles) => styles.good('✓'),
  failed: (styles) => styles.bad('✗'),
  interrupted: (styles) => styles.warn('!'),
  running: (styles) => styles.warn('…'),
}

export const jobMark = (styles: Styles, job: Marked): string => marks[job.status]?.(styles) ?? '?'
