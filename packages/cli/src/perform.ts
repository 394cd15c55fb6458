/** Does one command's work with a report and services of its own; whatever is thrown becomes the report's last word. Returns the exit code. */
import { isRoarError } from '@roar/core'
import type { Services, Start } from './composition/services.ts'
import type { Report } from './output/report.ts'

export async function perform(
  report: Report,
  start: Start,
  work: (report: Report, services: Services) => Promise<void>,
): Promise<number> {
  const { createServices } = await import('./composition/container.ts')
  const services = createServices(start)
  try {
    await work(report, services)
  } catch (error) {
    report.fail(error, isRoarError(error) ? error.exitCode : 1)
  } finally {
    await services.close()
  }
  return report.exitCode
}
