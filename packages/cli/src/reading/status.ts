/** What `roar status` does. */
import { statusDocument } from '@roar/core'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { statusView } from '../output/views/status.ts'
import { readStatus } from '../status/read-status.ts'

export const status = async (report: Report, services: Services): Promise<void> =>
  report.answer(statusDocument(await readStatus(services)), statusView)
