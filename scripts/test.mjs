// `npm test`: everything built, then all tests in a home of their own. What was skipped is listed with its reason, and counted.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './packages.mjs'
import { bad, note } from './say.mjs'
import { main, setup } from './setup.mjs'

const results = (report) => report.testResults.flatMap((file) => file.assertionResults)

/** The reason stands in the name: `… (strace is not installed)`. */
function listSkipped(report) {
  const skipped = results(report).filter((test) => !['passed', 'failed'].includes(test.status))
  if (skipped.length > 0) note('\nskipped:')
  for (const test of skipped) note(`  – ${test.fullName.trim()}`)
  return skipped.length
}

await main(async () => {
  await setup({ types: true })
  const home = mkdtempSync(join(tmpdir(), 'roar-test-home-'))
  const json = join(home, 'report.json')
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '', XDG_DATA_HOME: '' }
  const words = ['--no-install', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${json}`]
  const done = spawnSync('npx', [...words, ...process.argv.slice(2)], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const report = JSON.parse(readFileSync(json, 'utf8'))
  const skipped = listSkipped(report)
  for (const test of results(report).filter((test) => test.status === 'failed')) bad(test.fullName.trim())
  rmSync(home, { recursive: true, force: true })
  note(`\n${report.numPassedTests} passed, ${report.numFailedTests} failed, ${skipped} skipped`)
  if (done.status !== 0 || report.numFailedTests > 0 || report.numPassedTests === 0) process.exitCode = 1
})
