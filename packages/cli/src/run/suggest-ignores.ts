/** Outputs that git does not know would make the next run refuse a dirty tree: say so while they are fresh. */
import type { JobRecord } from '@roar/core'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { readGit } from '../status/read-git.ts'

export async function suggestIgnores(services: Services, record: JobRecord, report: Report): Promise<void> {
  const outputs = (record.outcome?.outputs ?? []).filter((edge) => !edge.path.startsWith('/'))
  if (record.start.git === null || outputs.length === 0) return
  const { root } = await services.get('workspace')
  const recorded = outputs.map((edge) => ({ path: edge.path, size: edge.size, digest: null, job: record.row }))
  const { gitignore } = await readGit(await services.get('git'), root, recorded)
  if (gitignore.length === 0) return
  report.note('roar: git does not know these outputs; the next run would refuse. Ignore them or commit them:')
  for (const line of gitignore) report.note(`  echo '${line}' >> .gitignore`)
}
