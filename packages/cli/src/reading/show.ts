/** What `roar show` does of a workspace, once its words are read. */
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { show as print } from '../output/views/show.ts'
import { lookUp } from '../references/look-up.ts'

export async function show(report: Report, services: Services, ref = 'session:current'): Promise<void> {
  const { reference, store } = await lookUp(services, ref)
  await print(report, store, reference)
}
