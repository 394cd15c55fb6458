// Keeps the texts of all queries: src/generated/statements.ts from src/queries. `--check` says whether it is fresh.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(dirname(fileURLToPath(import.meta.url)))
const target = join(here, 'src/generated/statements.ts')

async function compiled() {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'src/statements/compile.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['roar-source'],
  })
  const text = Buffer.from(outputFiles[0].text).toString('base64')
  return (await import(`data:text/javascript;base64,${text}`)).compileAll()
}

const quoted = (value) =>
  typeof value === 'string' && /['\\]/.test(value) ? `\`${value.replaceAll('\\', '\\\\')}\`` : `'${value}'`
const literal = (value) =>
  Array.isArray(value) ? `['${value[0]}']` : typeof value === 'string' ? quoted(value) : String(value)

const lines = Object.entries(await compiled()).map(
  ([name, { sql, bound }]) => `  ${name}: { sql: ${quoted(sql)}, bound: [${bound.map(literal).join(', ')}] },`,
)
const text = [
  '/** The texts of the queries in ../queries, made by scripts/statements.mjs: not to be edited. */',
  "import type { Name, Statement } from '../statements/statement.ts'",
  '',
  'export const statements: Readonly<Record<Name, Statement>> = {',
  ...lines,
  '}',
  '',
].join('\n')

if (!process.argv.includes('--check')) writeFileSync(target, text)
else if (readFileSync(target, 'utf8') !== text) {
  console.error(`${target} is not what src/queries says: node packages/store-sql/scripts/statements.mjs`)
  process.exitCode = 1
}
