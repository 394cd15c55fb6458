/** Does one command's work with a report and services; whatever is thrown becomes the report's last word. `program`: `roar log`. Returns the exit code. */
import { isRoarError, RoarError } from '@roar/core'
import type { Services } from './composition/services.ts'
import type { Report } from './output/report.ts'

export async function performWith(
  services: Services,
  report: Report,
  work: (report: Report, services: Services) => Promise<void>,
  program: string,
): Promise<number> {
  try {
    await work(report, services)
  } catch (error) {
    report.fail(withRemedy(error, program), isRoarError(error) ? error.exitCode : 1)
  } finally {
    await services.close()
  }
  return report.exitCode
}

/** Wrong words for which nothing better is known to do. */
function withRemedy(error: unknown, program: string): unknown {
  if (!isRoarError(error) || error.code !== 'ROAR_USAGE' || error.remedy.length > 0) return error
  const { code, message, why: cause, exitCode, data } = error
  return new RoarError(code, message, { cause, remedy: [`${program} --help shows its options`], exitCode, data })
}
