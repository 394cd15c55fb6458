/** Outputs that git does not know would make the next run refuse a dirty tree: say so while they are fresh. */
import type { BytePath, GitState, JobOutcome } from '@roar/core'
import { newOutputs } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import type { Report } from '../output/report.ts'

export async function suggestIgnores(
  services: Services,
  { outputs }: JobOutcome,
  git: GitState | null,
  report: Report,
): Promise<void> {
  if (git === null || outputs.length === 0 || report.quiet) return
  const { rootPath } = await services.get('workspace')
  const paths = fewOfEach(outputs.map(({ path }) => path)).map((path) =>
    path.startsWith('/') ? path : (`${rootPath}/${path}` as BytePath),
  )
  const { ignore } = await newOutputs(git, paths, services.get('env'))
  if (ignore.length === 0) return
  report.note(
    'roar: git does not know these outputs, and the next run would refuse. Commit them, or add to .gitignore:',
  )
  for (const line of ignore) report.note(`  ${visible(line)}`)
}

/** Three of a directory stand for all of it (more become one line), and a hundred thousand names would take git a second. */
function fewOfEach(paths: readonly BytePath[]): readonly BytePath[] {
  const seen = new Map<string, number>()
  return paths.filter((path) => {
    const directory = path.slice(0, path.lastIndexOf('/') + 1)
    const count = (seen.get(directory) ?? 0) + 1
    seen.set(directory, count)
    return directory === '' || count <= 3
  })
}
