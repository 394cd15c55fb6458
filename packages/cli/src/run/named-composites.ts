/** Directories that `--composite` names: checked before the command starts, and said where they were of no use. */
import { type JobOutcome, RoarError } from '@roar/core'
import { visible } from '../output/escape.ts'
import type { Report } from '../output/report.ts'
import { workspacePaths } from '../references/workspace-path.ts'

/** What was typed holds the workspace itself, with its record and git's objects. */
export function checkNamed(composites: readonly string[], root: string, directory: string): void {
  for (const typed of composites) {
    const [path = '.'] = workspacePaths(root, directory, typed)
    const holds = path === '.' || (path.startsWith('/') && `${root}/`.startsWith(path === '/' ? path : `${path}/`))
    if (typed !== '' && !holds) continue
    throw new RoarError(
      'ROAR_USAGE',
      typed === '' ? 'The name of a composite is empty.' : `${visible(typed)} holds the workspace.`,
      {
        cause: 'A composite is a directory of data, below the workspace or elsewhere.',
        remedy: ['roar run --composite out/frames COMMAND'],
        exitCode: 125,
      },
    )
  }
}

export function warnOfUnused(
  composites: readonly string[],
  root: string,
  directory: string,
  { inputs, outputs, deleted }: JobOutcome,
  report: Report,
): void {
  const named = new Set<string>([...inputs.map(({ path }) => path), ...outputs.map(({ path }) => path), ...deleted])
  for (const typed of composites)
    if (!workspacePaths(root, directory, typed).some((path) => named.has(path)))
      report.warn(`--composite ${visible(typed)}: no file that the job read or wrote lies there`)
}
