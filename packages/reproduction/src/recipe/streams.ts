/** The shell's redirections of a step, of what its record says: `tr a b < in > out` has them in no word of the command. */
import { posix } from 'node:path'
import { type BytePath, fromString, namesAbove } from '@roar/core'
import type { RecipeFile, StepLink, StreamFile, Streams } from './recipe.ts'

type Files = readonly Pick<RecipeFile, 'path'>[]

export interface RecordedStreams {
  readonly facts: Readonly<Record<string, string>>
  readonly cwd: string
  readonly inputs: Files
  readonly outputs: Files
  /** As of the step. */
  readonly above: readonly StepLink[]
}

/** Only of what the job read or made: a log that it was started with is nobody's result. */
export function streamsOf({ facts, cwd, inputs, outputs, above }: RecordedStreams): Streams {
  const among = (files: Files, name: string): string | undefined => {
    const path = facts[`${name}.file`]
    if (path === undefined || cwd.startsWith('/')) return undefined
    const at = recordedPath(posix.join(cwd, path), above)
    return at !== null && isAmong(files, fromString(at)) ? path : undefined
  }
  const written = (name: 'stdout' | 'stderr'): { [name]?: StreamFile } => {
    const path = among(outputs, name)
    return path === undefined ? {} : { [name]: { path, append: facts[`${name}.appends`] === 'yes' } }
  }
  const stdin = among(inputs, 'stdin')
  const piped = facts.stdin === 'pipe' && { piped: true as const }
  return { ...piped, ...(stdin !== undefined && { stdin }), ...written('stdout'), ...written('stderr') }
}

/** `path`: relative to the workspace. What lies beside it is recorded by its absolute path; null where nothing tells that. */
export function recordedPath(path: string, above: readonly StepLink[]): string | null {
  const [up] = /^(\.\.(\/|$))*/.exec(path) as RegExpExecArray
  if (up === '') return path
  const directory = above.find((one) => one.path === up.replace(/\/$/, ''))?.target
  return directory === undefined ? null : posix.join(directory, path.slice(up.length))
}

/** By itself, or as a member of a composite. */
function isAmong(files: Files, at: BytePath): boolean {
  const names = new Set([at, ...[...namesAbove(at)].map(({ name }) => name)])
  return files.some(({ path }) => names.has(path))
}
