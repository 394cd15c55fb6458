// `npm run check`: types, lint, the direction of dependencies, generated files, errors and their pages, names that must not appear.
import { spawnSync } from 'node:child_process'
import { checkErrorDocs } from '../packages/cli/scripts/check-error-docs.mjs'
import { checkGapDocs } from '../packages/cli/scripts/check-gap-docs.mjs'
import { checkDirection } from './check-direction.mjs'
import { checkTree } from './check-tree.mjs'
import { root } from './packages.mjs'
import { bad, good } from './say.mjs'
import { main, setup } from './setup.mjs'

/** Lines of fault; none when the program is content. */
function ask(command, words) {
  const done = spawnSync(command, words, { cwd: root, encoding: 'utf8' })
  if (done.status === 0) return []
  return `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`
    .split('\n')
    .filter((line) => line.trim())
}

const node = (...words) => ask(process.execPath, words)
const npx = (...words) => ask('npx', ['--no-install', ...words])

const checks = {
  types: () => npx('tsc', '-p', '.'),
  'types of the scripts of pages': () => npx('tsc', '-p', 'packages/web/browser'),
  lint: () => npx('biome', 'check', '--error-on-warnings', '.'),
  'direction of dependencies': checkDirection,
  'trace protocol is fresh': () => node('packages/trace-protocol/scripts/generate.mjs', '--check'),
  'schemas of documents are fresh': () => node('packages/core/scripts/schemas.mjs', '--check'),
  'picture of the database is fresh': () => node('packages/store-sql/scripts/schema-doc.mjs', '--check'),
  'texts of the queries are fresh': () => node('packages/store-sql/scripts/statements.mjs', '--check'),
  'page of formats is fresh': () => node('packages/composite-detectors/scripts/formats-doc.mjs', '--check'),
  'errors and their pages': () => checkErrorDocs(root),
  'gaps and their pages': () => checkGapDocs(root),
  'names and sizes': checkTree,
}

await main(async () => {
  await setup()
  for (const [name, check] of Object.entries(checks)) {
    const faults = await check()
    if (faults.length === 0) good(name)
    else {
      bad(name)
      for (const fault of faults.slice(0, 60)) console.error(`    ${fault}`)
      process.exitCode = 1
    }
  }
})
