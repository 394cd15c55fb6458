/** Outputs that git does not know would make the next run refuse a dirty tree: say so while they are fresh. */
import type { BytePath, GitState, JobOutcome } from '@roar/core'
import { newOutputs, someOfEach } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import type { Report } from '../output/report.ts'

const mostLines = 20

export async function suggestIgnores(
  services: Services,
  { outputs }: JobOutcome,
  git: GitState | null,
  report: Report,
): Promise<void> {
  if (git === null || outputs.length === 0 || report.quiet) return
  const { rootPath } = await services.get('workspace')
  const paths = someOfEach(outputs.map(({ path }) => path)).map((path) =>
    path.startsWith('/') ? path : (`${rootPath}/${path}` as BytePath),
  )
  const { ignore } = await newOutputs(git, paths, services.get('env'))
  if (ignore.length === 0) return
  report.note(
    'roar: git does not know these outputs, and the next run would refuse. Commit them, or add to .gitignore:',
  )
  for (const line of ignore.slice(0, mostLines)) report.note(`  ${visible(line)}`)
  if (ignore.length > mostLines) report.note(`  … and ${ignore.length - mostLines} more (roar status --json has all)`)
}
