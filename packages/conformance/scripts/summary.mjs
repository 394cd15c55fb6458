// Prints what the tracer suites found: passed, owed, declared as gaps. Exits 1 when a case failed, 2 when no suite has run.
// `--json` for programs, `--markdown [tracer]` for docs/conformance.md.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { markdown } from './markdown.mjs'

const directory = fileURLToPath(new URL('../build', import.meta.url))
const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')) : []
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const suites = names
  .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')))
  .filter(({ tracer }) => asked.length === 0 || asked.includes(tracer))

const ofRuns = 'packages/cli/test/load.test.ts'

/** Agreed situations that need more than one program's run, and are tests of their own. */
const elsewhere = {
  'load-02': { title: '200,000 files are 200,000 facts', test: 'packages/tracer-preload/test/load.test.ts' },
  'load-03': { title: 'a log that is too small is told with the number of facts lost', test: ofRuns },
  'load-04': { title: 'two runs of one program at the same time', test: ofRuns },
  'load-05': { title: 'a file system without room for the log', test: ofRuns },
  'load-06': {
    title: 'a recorder that is killed in mid-job leaves the command unharmed and the record marked as interrupted',
    test: 'packages/cli/test/killed.test.ts',
  },
  'load-07': { title: 'a run inside a run', test: ofRuns },
  'load-08': { title: 'a job that does nothing costs nothing', test: ofRuns },
  'load-09': { title: 'a program that is none of the job’s', test: ofRuns },
}

if (process.argv.includes('--json')) console.log(JSON.stringify(suites, null, 2))
else if (process.argv.includes('--markdown'))
  for (const suite of suites) process.stdout.write(markdown(suite, elsewhere))
else for (const suite of suites) print(suite)
process.exitCode = suites.length === 0 ? 2 : suites.some(({ failed }) => failed) ? 1 : 0

function print({ tracer, repeat, owed, owedPassed, passed, declared, failed, skipped, cases }) {
  console.log(
    `${tracer}, ${repeat} rounds: ${owedPassed} of ${owed} owed cases passed, ${passed - owedPassed} more seen`,
  )
  console.log(`  ${declared} declared as gaps, ${failed} failed, ${skipped} skipped`)
  for (const { id, title, result } of cases) {
    if (result.verdict === 'declared') console.log(`  gap     ${id}  ${title}: ${result.gaps.join(', ')}`)
    if (result.verdict === 'skipped') console.log(`  skipped ${id}  ${title}: ${result.reason}`)
    if (result.verdict === 'failed') console.log(`  FAILED  ${id}  ${title}\n    ${result.problems.join('\n    ')}`)
  }
}
