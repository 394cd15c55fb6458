// One table of a tracer's suite, a line a group: what was agreed, what is covered, what was found. `docs/conformance.md` is made by it.

/** Title and number of the situations agreed for each group; what a case file adds behind that number is a variant. */
const groups = {
  io: ['Plain descriptor I/O', 23],
  open: ['Ways of opening', 20],
  libc: ['stdio and libc internals', 26],
  copy: ['Copies inside the kernel, size changes', 13],
  map: ['Mappings', 10],
  name: ['Names', 24],
  fd: ['Life of descriptors', 17],
  proc: ['Processes', 23],
  tool: ['Shells and tools', 26],
  escape: ['Escapes', 18],
  box: ['Containers, filters, debuggers inside', 10],
  path: ['Path shapes', 14],
  load: ['Load and failure', 9],
}

const idOf = (one) => one.id ?? one
const groupOf = (one) => idOf(one).replace(/-\d+$/, '')
const numberOf = (one) => Number(/\d+$/.exec(idOf(one))[0])

/** `elsewhere`: agreed situations that a test outside the suite covers, as { id: its file }. */
export function markdown(suite, elsewhere) {
  const lines = Object.keys(groups).map((group) => line(group, suite.cases, elsewhere))
  const count = (column) => lines.reduce((sum, cells) => sum + cells[column], 0)
  const total = ['**all**', ...lines[0].slice(1).map((_, index) => count(index + 1))]
  return `${[
    ...head(suite),
    table(['group', 'agreed', 'covered', 'cases', 'owed', 'passed', 'of these owed', 'declared', 'skipped', 'failed']),
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...[...lines, total].map(table),
    ...apart(suite.cases, 'declared', '## Declared as gaps', ({ gaps }) =>
      gaps.map((code) => `[${code}](gaps/${code}.md)`),
    ),
    ...apart(suite.cases, 'skipped', '## Skipped on this machine', ({ reason }) => [reason]),
    ...apart(suite.cases, 'failed', '## Failed', ({ problems }) => [problems.join('; ').slice(0, 200)]),
    ...elsewhereLines(elsewhere),
    ...absentLines(suite.cases, elsewhere),
  ].join('\n')}\n`
}

function line(group, cases, elsewhere) {
  const [title, agreed] = groups[group]
  const own = cases.filter((one) => groupOf(one) === group)
  const isAgreed = (one) => numberOf(one) <= agreed
  const covered = new Set(
    [...own, ...Object.keys(elsewhere).filter((id) => groupOf(id) === group)].filter(isAgreed).map(idOf),
  )
  const having = (verdict, among = own) => among.filter(({ result }) => result.verdict === verdict).length
  const owed = own.filter(({ duty }) => duty === 'Y')
  return [
    `${title} (\`${group}\`)`,
    agreed,
    covered.size,
    own.length,
    owed.length - having('skipped', owed),
    having('passed'),
    having('passed', owed),
    having('declared'),
    having('skipped'),
    having('failed'),
  ]
}

const table = (cells) => `| ${cells.join(' | ')} |`

const head = ({ tracer, repeat }) => [
  `# What the ${tracer} tracer sees`,
  '',
  'Made by `node packages/conformance/scripts/summary.mjs --markdown` from the last whole run of the suite:',
  `${repeat} rounds a case, each compared with what the program states about itself, fact by fact, and with its behaviour alone.`,
  '',
  '*agreed*: situations that every tracer is measured by; *covered*: those with a case here or a test named below; *cases*: with their variants;',
  '*owed*: what a tracer of this kind must see; *declared*: not seen, and said so in the record; *skipped*: this machine cannot run it.',
  '',
]

function apart(cases, verdict, title, words) {
  const some = cases.filter(({ result }) => result.verdict === verdict)
  if (some.length === 0) return []
  return [
    '',
    title,
    '',
    ...some.map(({ id, title: sentence, result }) => `- \`${id}\` ${sentence}: ${words(result).join(', ')}`),
  ]
}

const elsewhereLines = (elsewhere) => {
  const entries = Object.entries(elsewhere)
  if (entries.length === 0) return []
  return [
    '',
    '## Covered by a test of their own',
    '',
    ...entries.map(([id, { title, test }]) => `- \`${id}\` ${title}: \`${test}\``),
  ]
}

function absentLines(cases, elsewhere) {
  const known = new Set([...cases.map(idOf), ...Object.keys(elsewhere)])
  const ids = Object.entries(groups).flatMap(([group, [, agreed]]) =>
    Array.from({ length: agreed }, (_, index) => `${group}-${String(index + 1).padStart(2, '0')}`),
  )
  const absent = ids.filter((id) => !known.has(id))
  return absent.length ? ['', '## Not covered yet', '', absent.map((id) => `\`${id}\``).join(', ')] : []
}
