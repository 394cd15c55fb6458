/** Reports an error for which no command stands up. */
import { isRoarError } from '@roar/core'
import { Report } from './output/report.ts'

/** The common options are looked for by hand: the parser has just failed, or was never loaded. Behind a `--` stands somebody else's. */
export function refuse(words: readonly string[], error: unknown, exitCode?: number): number {
  const end = words.indexOf('--')
  const argv = end < 0 ? words : words.slice(0, end)
  const report = new Report({
    json: argv.includes('--json'),
    quiet: false,
    verbosity: argv.some((argument) => /^-v+$/.test(argument)) ? 1 : 0,
    color: argv.includes('--color=never') ? 'never' : 'auto',
    env: process.env,
  })
  report.fail(error, exitCode ?? (isRoarError(error) ? error.exitCode : 1))
  return report.exitCode
}
