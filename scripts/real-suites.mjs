// The test suites of real programs, bare and under each tracer that works here: every test must end as it does bare. `npm run test:soak` runs them.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StepFailed } from './execute.mjs'
import { root } from './packages.mjs'
import { bad, good, missing, note } from './say.mjs'

const roar = join(root, 'packages/cli/bin/roar')
/** What CPython tests of the system below it. */
const modules = ['os', 'subprocess', 'signal', 'mmap', 'shutil', 'tempfile', 'posix', 'socket', 'io', 'pty', 'fcntl']

/** A test that ends otherwise in two bare runs tells nothing of a tracer. */
const roundsBare = 2

function run(place, name, prefix) {
  const cwd = join(place, name)
  mkdirSync(cwd)
  spawnSync(roar, ['init', '-q'], { cwd })
  const words = [
    'python3',
    '-m',
    'test',
    '--junit-xml',
    join(cwd, 'results.xml'),
    ...modules.map((one) => `test_${one}`),
  ]
  const [command, ...rest] = [...prefix, ...words]
  const done = spawnSync(command, rest, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (done.error) throw done.error
  return resultsOf(readFileSync(join(cwd, 'results.xml'), 'utf8'), `${name}: ${done.stderr.slice(-2000)}`)
}

/** Test → passed, skipped, failure or error. */
function resultsOf(xml, where) {
  const cases = [...xml.matchAll(/<testcase name="([^"]*)"([^>]*?)(\/>|>(.*?)<\/testcase>)/gs)]
  if (cases.length === 0) throw new StepFailed(`no results of ${where}`)
  return new Map(cases.map(([, name, , , body = '']) => [name, /<(failure|error|skipped)/.exec(body)?.[1] ?? 'passed']))
}

const differences = (one, other) =>
  [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name))

/** Names of the tracers that work here. */
const ready = () =>
  JSON.parse(spawnSync(roar, ['tracer', '--json'], { cwd: root, encoding: 'utf8' }).stdout)
    .tracers.filter((tracer) => tracer.ok)
    .map((tracer) => tracer.name)

export function realSuites() {
  if (spawnSync('python3', ['-c', 'import test.test_os']).status !== 0)
    return missing('python3 has no test package', 'its suites are not run under the tracers')
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-suites-')))
  try {
    const [first, ...others] = Array.from({ length: roundsBare }, (_, i) => run(place, `bare-${i}`, []))
    const unsteady = new Set(others.flatMap((other) => differences(first, other)))
    for (const name of unsteady) note(`  differs between bare runs: ${name}`)
    for (const tracer of ready()) compare(place, tracer, first, unsteady)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function compare(place, tracer, bare, unsteady) {
  const traced = run(place, tracer, [roar, 'run', '-q', '--tracer', tracer, '--no-tracer-fallback'])
  const faults = differences(bare, traced).filter((name) => !unsteady.has(name))
  if (faults.length === 0) return good(`${tracer}: ${bare.size} tests of CPython end as they do bare`)
  for (const name of faults) bad(`${tracer}: ${name}: ${traced.get(name)} instead of ${bare.get(name)}`)
  throw new StepFailed(`${faults.length} of ${bare.size} tests end otherwise under ${tracer}`)
}
