// docs/tracers.md: every case under every back end and libc, from the last whole runs of the suites; what each costs, from the last benchmark.
// `node packages/conformance/scripts/tracers-page.mjs` writes it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { elsewhere } from './elsewhere.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'))

/** The suites in the order of their columns, and what each is. */
const columns = {
  preload: 'preload, glibc',
  'preload-musl': 'preload, musl',
  'preload-arm64': 'preload, arm64 (qemu-user)',
  hybrid: 'hybrid',
  ptrace: 'ptrace, notification',
  'ptrace-stops': 'ptrace, stops',
  ebpf: 'eBPF',
}
const signs = { passed: '✓', declared: 'gap', skipped: '–', failed: '✗' }

function suites() {
  const directory = join(root, 'packages/conformance/build')
  const files = existsSync(directory) ? readdirSync(directory) : []
  return Object.keys(columns)
    .filter((name) => files.includes(`${name}.json`))
    .map((name) => ({ name, title: columns[name], ...read(`packages/conformance/build/${name}.json`) }))
}

const row = (cells) => `| ${cells.join(' | ')} |`
const ruler = (left, right) => `|${'---|'.repeat(left)}${'--:|'.repeat(right)}`

const overview = (all) => [
  row(['back end', 'rounds', 'owed', 'of these passed', 'more seen', 'declared', 'skipped', 'failed']),
  ruler(1, 7),
  ...all.map((one) =>
    row([
      one.title,
      one.repeat,
      one.owed,
      one.owedPassed,
      one.passed - one.owedPassed,
      one.declared,
      one.skipped,
      one.failed,
    ]),
  ),
]

function matrix(all) {
  const titles = new Map(all.flatMap((suite) => suite.cases.map(({ id, title }) => [id, title])))
  const results = all.map((suite) => new Map(suite.cases.map(({ id, result }) => [id, result.verdict])))
  const line = (id) => [`\`${id}\` ${titles.get(id)}`, ...results.map((of) => signs[of.get(id)] ?? '')]
  return [
    row(['case', ...all.map(({ title }) => title)]),
    ruler(1, all.length),
    ...[...titles.keys()].sort().map((id) => row(line(id))),
  ]
}

function apart(all, verdict, title, words) {
  const found = all.flatMap((suite) =>
    suite.cases.flatMap(({ id, result }) => (result.verdict === verdict ? [{ id, result, of: suite.title }] : [])),
  )
  const grouped = groupBy(found, ({ id, result }) => `\`${id}\`: ${words(result)}`)
  const lines = [...grouped].map(([text, list]) => `- ${text} (${list.map(({ of }) => of).join('; ')})`)
  return lines.length ? ['', `## ${title}`, '', ...lines.sort()] : []
}

/** Node has Map.groupBy from version 21 on. */
function groupBy(list, key) {
  const groups = new Map()
  for (const item of list) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}

const costs = () => {
  const path = 'bench/results/latest.json'
  if (!existsSync(join(root, path))) return []
  const { machine, results } = read(path)
  const rows = results.filter(({ what }) => /^(preload|ptrace|hybrid|ebpf)/i.test(what))
  return [
    '',
    '## What each costs',
    '',
    `Ratios to the bare command, from \`npm run bench\`: ${machine.cpus} × ${machine.cpu}, Linux ${machine.kernel}.`,
    '',
    row(['what', 'measured', 'aimed at', 'beside']),
    ruler(4, 0),
    ...rows.map(({ what, value, reach, beside }) => row([what, value, reach ?? '', beside ?? ''])),
  ]
}

/** What no suite has run on, said as it is. */
const platforms = [
  '',
  '## Where each has been run',
  '',
  row(['platform', 'back ends', 'how']),
  ruler(3, 0),
  row(['Linux, x86-64, glibc', 'all', 'the suites of this page']),
  row(['Linux, x86-64, musl', 'preload', 'programs of musl-gcc, in the suite of this page']),
  row(['Linux, arm64', 'preload; ptrace and hybrid are compiled only', 'under qemu-user, in the suite of this page']),
  row([
    'macOS, arm64 and x86-64',
    'preload',
    '**never run so far**: compiled and linked against Apple’s headers, its table of replaced functions read back, its hooks of files and names, its handling of the environment and its rules on [protected programs](gaps/protected-program.md) tested on Linux',
  ]),
]

const all = suites()
const text = [
  '# What each tracer sees',
  '',
  'Made by `node packages/conformance/scripts/tracers-page.mjs` from the last whole runs of the suites, in so many rounds as each names (`npm run test:soak`: 50). Each case is',
  'a program that states its own truth; what a back end reports is compared with it fact by fact, and the program’s behaviour with what it does alone.',
  '',
  '*owed*: what a back end of this kind must see; *more seen*: beyond that; *gap*: not seen, and said so in the record; –: this machine cannot run it; ✗: wrong.',
  '',
  ...overview(all),
  ...platforms,
  ...costs(),
  ...apart(all, 'failed', 'Failed', ({ problems }) =>
    problems
      .join('; ')
      .replaceAll('|', '\\|')
      .replaceAll(/\/\S*\/(?=packages\/)/g, '')
      .slice(0, 160),
  ),
  ...apart(all, 'declared', 'Declared as gaps', ({ gaps }) =>
    gaps.map((code) => `[${code}](gaps/${code}.md)`).join(', '),
  ),
  ...apart(all, 'skipped', 'Skipped', ({ reason }) =>
    reason
      .split('\n')[0]
      .replaceAll(/\/\S*\/(?=packages\/)/g, '')
      .slice(0, 160),
  ),
  '',
  '## Covered by a test of their own',
  '',
  ...Object.entries(elsewhere).map(([id, { title, test }]) => `- \`${id}\` ${title}: \`${test}\``),
  '',
  '## Case by case',
  '',
  ...matrix(all),
]
writeFileSync(join(root, 'docs/tracers.md'), `${text.join('\n')}\n`)
