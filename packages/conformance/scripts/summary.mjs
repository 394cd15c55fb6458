// Prints what the tracer suites found: passed, owed, declared as gaps. Exits 1 when a case failed, 2 when no suite has run.
// `--json` for programs; docs/tracers.md is made by tracers-page.mjs.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const directory = fileURLToPath(new URL('../build', import.meta.url))
const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')) : []
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const suites = names
  .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')))
  .filter(({ tracer }) => asked.length === 0 || asked.includes(tracer))

if (process.argv.includes('--json')) console.log(JSON.stringify(suites, null, 2))
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
