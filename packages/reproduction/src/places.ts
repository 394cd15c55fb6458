/** Where everything of one reproduction lies: below one directory. */
import { join } from 'node:path'

export interface Places {
  /** Absolute. */
  readonly directory: string
  /** The clone. */
  readonly work: string
  /** The workspace in it. */
  readonly workspace: string
  readonly environments: string
  readonly cache: string
  readonly temporary: string
  readonly logs: string
  readonly state: string
  readonly receipt: string
}

/** `prefix`: of the workspace within the repository. */
export function placesIn(directory: string, prefix: string): Places {
  const work = join(directory, 'work')
  return {
    directory,
    work,
    workspace: prefix === '' ? work : join(work, prefix),
    environments: join(directory, 'environment'),
    cache: join(directory, 'cache'),
    temporary: join(directory, 'tmp'),
    logs: join(directory, 'logs'),
    state: join(directory, 'reproduction.json'),
    receipt: join(directory, 'receipt.json'),
  }
}
