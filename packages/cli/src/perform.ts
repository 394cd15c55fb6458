/** Does one command's work with a report and services of its own. Returns the exit code. */
import { createServices } from './composition/container.ts'
import type { Services, Start } from './composition/services.ts'
import type { Report } from './output/report.ts'
import { performWith } from './perform-with.ts'

export async function perform(
  report: Report,
  start: Start,
  work: (report: Report, services: Services) => Promise<void>,
  program: string,
): Promise<number> {
  return performWith(createServices(start), report, work, program)
}
