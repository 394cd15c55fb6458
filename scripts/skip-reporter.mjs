// A reporter of vitest: writes name and reason of every skipped test, one a line, to the file that ROAR_SKIPPED names.
import { appendFileSync } from 'node:fs'

/** A suite that is skipped as a whole says why in its name, and so does a test that needs a program. */
const inName = /(?:skipped: |\((?=needs ))([^)]+)\)/

export default class SkipReporter {
  onTestCaseResult(test) {
    const { state, note } = test.result()
    if (state !== 'skipped') return
    const reason = note ?? inName.exec(test.fullName)?.[1] ?? 'NO REASON GIVEN'
    appendFileSync(process.env.ROAR_SKIPPED, `${JSON.stringify({ name: test.fullName, reason })}\n`)
  }
}
