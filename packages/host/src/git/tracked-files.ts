/** The names of all files that git tracks, from the root of the work tree; none where git cannot say. */
import { type BytePath, display, fromBuffer } from '@roar/core'
import { type Env, runGit } from './run-git.ts'

export async function trackedFiles(root: string, env: Env = process.env): Promise<readonly string[]> {
  const { status, output } = await runGit(['ls-files', '-z'], root, env)
  if (status !== 0) return []
  return fromBuffer(output)
    .split('\0')
    .filter((path) => path !== '')
    .map((path) => display(path as BytePath))
}
