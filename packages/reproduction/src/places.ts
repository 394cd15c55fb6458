/** Where everything of one reproduction lies: below one directory. */
import { join, relative } from 'node:path'

export interface Places {
  /** Absolute. */
  readonly directory: string
  /** The clone. */
  readonly work: string
  /** The workspace in it, or around it. */
  readonly workspace: string
  readonly environments: string
  readonly cache: string
  readonly temporary: string
  readonly logs: string
  /** What the step that runs may change in place. */
  readonly before: string
  /** Contents that a later step reads under another name. */
  readonly carried: string
  readonly state: string
  readonly receipt: string
}

interface Layout {
  /** Of the workspace within the repository. */
  readonly prefix: string
  /** Of the repository within the workspace. At most one of the two is not ''. */
  readonly clone: string
  /** As of the recipe. */
  readonly nest?: number | undefined
}

/** Further directories lie within the usual one. Beside them stands what stood beside the workspace: none of that has this name. */
export const outerIn = (nest = 0): string => join('work', ...Array(nest).fill('roar-workspace'))

export function placesIn(directory: string, { prefix, clone, nest }: Layout): Places {
  const outer = join(directory, outerIn(nest))
  return {
    directory,
    work: join(outer, clone),
    workspace: join(outer, prefix),
    environments: join(directory, 'environment'),
    cache: join(directory, 'cache'),
    temporary: join(directory, 'tmp'),
    logs: join(directory, 'logs'),
    before: join(directory, 'before'),
    carried: join(directory, 'carried'),
    state: join(directory, 'reproduction.json'),
    receipt: join(directory, 'receipt.json'),
  }
}

/** Paths of the workspace as the clone calls them; those that lie beside it are left out. */
export const inClone = ({ work, workspace }: Places, paths: readonly string[]): readonly string[] =>
  paths.map((path) => relative(work, join(workspace, path))).filter((path) => !/^\.\.(\/|$)/.test(path))
