/** Does one command's work with a report and services; whatever is thrown becomes the report's last word. Returns the exit code. */
import { isRoarError } from '@roar/core'
import type { Services } from './composition/services.ts'
import type { Report } from './output/report.ts'

export async function performWith(
  services: Services,
  report: Report,
  work: (report: Report, services: Services) => Promise<void>,
): Promise<number> {
  try {
    await work(report, services)
  } catch (error) {
    report.fail(error, isRoarError(error) ? error.exitCode : 1)
  } finally {
    await services.close()
  }
  return report.exitCode
}
