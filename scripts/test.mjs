// `npm test`: everything built, then all tests in a home of their own. What was skipped is listed with its reason, and counted.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { StepFailed } from './execute.mjs'
import { root } from './packages.mjs'
import { bad, note } from './say.mjs'
import { main, setup } from './setup.mjs'

const reporters = ['default', 'json', './scripts/skip-reporter.mjs'].map((name) => `--reporter=${name}`)

/** Rust's tool chain lies in the home, which the tests do not have. */
function toolChains() {
  const places = { RUSTUP_HOME: '.rustup', CARGO_HOME: '.cargo' }
  const found = Object.entries(places).map(([name, folder]) => [name, process.env[name] ?? join(homedir(), folder)])
  return Object.fromEntries(found.filter(([, place]) => existsSync(place)))
}

function runTests(home, words) {
  const json = join(home, 'report.json')
  const skipped = join(home, 'skipped.jsonl')
  const ours = {
    ...toolChains(),
    HOME: home,
    XDG_CONFIG_HOME: '',
    XDG_CACHE_HOME: '',
    XDG_DATA_HOME: '',
    ROAR_SKIPPED: skipped,
  }
  const done = spawnSync(
    'npx',
    ['--no-install', 'vitest', 'run', ...reporters, `--outputFile.json=${json}`, ...words],
    { cwd: root, env: { ...process.env, ...ours }, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  if (!existsSync(json)) throw new StepFailed(`vitest ended with ${done.status ?? done.signal} and wrote no report`)
  const lines = existsSync(skipped) ? readFileSync(skipped, 'utf8').split('\n').filter(Boolean) : []
  return {
    status: done.status,
    report: JSON.parse(readFileSync(json, 'utf8')),
    skips: lines.map((line) => JSON.parse(line)),
  }
}

function summarise({ report, skips }) {
  const results = report.testResults.flatMap((file) => file.assertionResults)
  if (skips.length > 0) note('\nskipped:')
  for (const { name, reason } of skips) note(`  – ${name}\n      ${reason}`)
  for (const test of results.filter((one) => one.status === 'failed')) bad(test.fullName.trim())
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  for (const file of broken) bad(`${file.name}: ${file.message.split('\n')[0]}`)
  const passed = report.numPassedTests
  const failed = report.numFailedTests + broken.length
  note(`\n${passed} passed, ${failed} failed, ${skips.length} skipped`)
  return failed === 0 && passed > 0
}

await main(async () => {
  await setup({ types: true })
  const home = mkdtempSync(join(tmpdir(), 'roar-test-home-'))
  try {
    const run = runTests(home, process.argv.slice(2))
    if (!summarise(run) || run.status !== 0) process.exitCode = 1
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})
