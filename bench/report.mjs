// Writes the figures: JSON for programs, a table for people.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What people have written about the figures stays. */
const remarks = '\n## Remarks\n'

export function report(root, { machine, results }) {
  mkdirSync(join(root, 'bench/results'), { recursive: true })
  writeFileSync(join(root, 'bench/results/latest.json'), `${JSON.stringify({ machine, results }, null, 2)}\n`)
  const rows = results.map(({ what, value, reach, beside }) => `| ${what} | ${value} | ${reach} | ${beside ?? ''} |`)
  const text = `# What roar costs

Made by \`npm run bench\` (bench/run.mjs): commands in turns, medians, ratios in one run, never a timed test. ${machine.cpus} × ${machine.cpu}, Linux ${machine.kernel},
Node ${machine.node}; files in memory. Absolute times and the floors (bare command, \`node -e 0\`, b3sum) are in bench/results/latest.json; hashing has a
table of its own: \`node bench/hash.mjs\`.

| what | measured | reach | beside |
|---|---|---|---|
${rows.join('\n')}
`
  const page = join(root, 'docs/benchmarks.md')
  const [, kept] = existsSync(page) ? readFileSync(page, 'utf8').split(remarks) : []
  writeFileSync(page, kept === undefined ? text : `${text}${remarks}${kept}`)
}
