// Gap codes and their pages agree: every code that a tracer or the recorder announces has a page docs/gaps/CODE.md, every page a use.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** How a code stands in C and in TypeScript. */
const announced = [
  /fact_(?:gap|unseen)\((?:[^",]+, )?"([a-z0-9-]+)"/g,
  /\bgap = "([a-z0-9-]+)"/g,
  /\bcode: '([a-z0-9-]+)'/g,
]
const places = [
  'tracer-preload/native/src',
  'tracer-preload/native/darwin',
  'tracer-preload/src',
  'trace-protocol/src/drain',
  'tracer-ptrace/native/src',
  'tracer-ptrace/src',
  'tracer-ebpf/native/src',
  'tracer-ebpf/src',
  'core/src',
  'host/src',
  'cli/src/run',
]

/**
 * One line a fault; none when all agree.
 * @param {string} root the repository
 * @returns {string[]}
 */
export function checkGapDocs(root) {
  const texts = sources(root).map((file) => ({ file, text: readFileSync(file, 'utf8') }))
  const pages = readdirSync(join(root, 'docs/gaps')).map((name) => basename(name, '.md'))
  const faults = []
  for (const { file, text } of texts)
    for (const [, code] of announced.flatMap((pattern) => [...text.matchAll(pattern)]))
      if (!pages.includes(code)) faults.push(`${code} (${file}) has no page docs/gaps/${code}.md`)
  const all = texts.map(({ text }) => text).join('\n')
  for (const code of pages.filter((page) => page !== 'README')) {
    if (!all.includes(`"${code}"`) && !all.includes(`'${code}'`))
      faults.push(`docs/gaps/${code}.md explains a code that nothing announces`)
    if (!readFileSync(join(root, 'docs/gaps', `${code}.md`), 'utf8').startsWith(`# ${code}\n`))
      faults.push(`docs/gaps/${code}.md does not begin with its code`)
  }
  return faults
}

const sources = (root) =>
  places.flatMap((place) =>
    readdirSync(join(root, 'packages', place), { recursive: true })
      .filter((name) => /\.(?:c|h|ts)$/.test(name) && !name.endsWith('.test.ts'))
      .map((name) => join(root, 'packages', place, name)),
  )
