/** What `roar status` does. */
import { statusDocument, statusOutputs } from '@roar/core'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { statusView } from '../output/views/status.ts'
import { readStatus } from '../status/read-status.ts'

export async function status(report: Report, services: Services): Promise<void> {
  const every = report.json || report.verbosity > 0
  const facts = await readStatus(services, { every, digests: report.json })
  report.answer({ ...statusDocument({ ...facts, outputs: [] }), outputs: statusOutputs(facts) }, statusView)
}
