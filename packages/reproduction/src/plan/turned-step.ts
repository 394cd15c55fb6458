/** A step whose files beside the workspace have another place. */
import { posix } from 'node:path'
import type { RecipeFile, RecipeStep, StreamFile, Streams, Turned } from '../recipe/recipe.ts'
import { recordedPath } from '../recipe/streams.ts'
import { turnedPath, turnedText } from '../recipe/turned.ts'

/** `near`: further links that have to stand. */
export function turnedStep(
  step: RecipeStep,
  turned: readonly Turned[],
  near: NonNullable<RecipeStep['links']>,
): RecipeStep {
  const file = <F extends RecipeFile>(one: F): F => ({ ...one, path: turnedPath(one.path, turned) })
  const links = (step.links ?? []).map(({ path, target }) => ({ path, target: turnedText(target, turned) }))
  return {
    ...step,
    cwd: turnedText(step.cwd, turned),
    inputs: step.inputs.map((one) => {
      const moved = file(one)
      return moved.path === one.path ? one : { ...moved, recordedAt: one.path, locations: [one.path, ...one.locations] }
    }),
    outputs: step.outputs.map(file),
    ...(step.streams && { streams: turnedStreams(step.streams, step, turned) }),
    links: [...links.filter(({ path, target }) => path !== target), ...near],
    folders: links.filter(({ path, target }) => path === target).map(({ path }) => path),
  }
}

function turnedStreams(streams: Streams, { cwd, above = [] }: RecipeStep, turned: readonly Turned[]): Streams {
  const moved = (path: string): string => {
    const recorded = recordedPath(posix.join(cwd, path), above)
    const now = recorded === null ? null : turnedText(recorded, turned)
    return now === null || now === recorded ? path : posix.relative(cwd, now)
  }
  const file = (one: StreamFile): StreamFile => ({ ...one, path: moved(one.path) })
  const { stdin, stdout, stderr } = streams
  return {
    ...streams,
    ...(stdin !== undefined && { stdin: moved(stdin) }),
    ...(stdout && { stdout: file(stdout) }),
    ...(stderr && { stderr: file(stderr) }),
  }
}
