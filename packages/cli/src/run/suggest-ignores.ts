/** Outputs that git does not know would make the next run refuse a dirty tree: say so while they are fresh. */
import type { BytePath, JobRecord } from '@roar/core'
import { newOutputs } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import type { Report } from '../output/report.ts'

export async function suggestIgnores(services: Services, { start, outcome }: JobRecord, report: Report): Promise<void> {
  const outputs = outcome?.outputs ?? []
  if (start.git === null || outputs.length === 0 || report.quiet) return
  const { rootPath } = await services.get('workspace')
  const paths = outputs.map(({ path }) => (path.startsWith('/') ? path : (`${rootPath}/${path}` as BytePath)))
  const { ignore } = await newOutputs(start.git, paths, services.get('env'))
  if (ignore.length === 0) return
  report.note(
    'roar: git does not know these outputs, and the next run would refuse. Commit them, or add to .gitignore:',
  )
  for (const line of ignore) report.note(`  ${visible(line)}`)
}
