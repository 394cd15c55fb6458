// Error codes, their pages and the catalogue agree: every code used has a page, every page a use, and the catalogue is made from the pages.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
const cataloguePath = 'packages/core/src/error-catalogue.ts'

/**
 * One line a fault; none when all agree.
 * @param {string} [directory] the repository
 * @returns {string[]}
 */
export function checkErrorDocs(directory = root) {
  const used = usedCodes(directory)
  const pages = readPages(directory)
  const faults = []
  for (const [code, file] of used)
    if (!pages.has(code)) faults.push(`${code} (${file}) has no page docs/errors/${code}.md`)
  for (const [code, page] of pages) {
    if (!used.has(code)) faults.push(`docs/errors/${code}.md explains a code that nothing uses`)
    for (const part of ['**Cause', '**Remedy', '**Example'])
      if (!page.includes(part)) faults.push(`docs/errors/${code}.md lacks ${part.slice(2)}`)
    if (!page.startsWith(`# ${code}`)) faults.push(`docs/errors/${code}.md does not begin with its code`)
  }
  const path = join(directory, cataloguePath)
  if (!existsSync(path) || readFileSync(path, 'utf8') !== catalogue(pages)) {
    faults.push(`${cataloguePath} is not fresh: node packages/cli/scripts/check-error-docs.mjs --write`)
  }
  return faults
}

export function writeCatalogue(directory = root) {
  writeFileSync(join(directory, cataloguePath), catalogue(readPages(directory)))
}

/** A code is a quoted word; a quoted name of an environment variable is told by what stands before it. */
function usedCodes(directory) {
  const codes = new Map()
  for (const file of sourceFiles(join(directory, 'packages'))) {
    const text = readFileSync(file, 'utf8')
    for (const match of text.matchAll(/(env\[|env, |variable: |variable\()?(['"`])(ROAR_[A-Z0-9_]+)\2/g)) {
      if (!match[1]) codes.set(match[3], file.slice(directory.length + 1))
    }
  }
  for (const [code, file] of launcherCodes(join(directory, 'packages/cli/launcher/src'))) codes.set(code, file)
  return new Map([...codes].sort())
}

/** The launcher prints errors where Node cannot: a code is the first field of a refusal. */
function* launcherCodes(folder) {
  for (const name of readdirSync(folder))
    for (const match of readFileSync(join(folder, name), 'utf8').matchAll(/refusal\)\{"(ROAR_[A-Z0-9_]+)"/g))
      yield [match[1], `packages/cli/launcher/src/${name}`]
}

function* sourceFiles(packages) {
  for (const name of readdirSync(packages)) {
    const source = join(packages, name, 'src')
    if (!existsSync(source)) continue
    for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
      const skipped = /\.test\.ts$|\.test-data\.ts$/.test(entry.name) || entry.name === basename(cataloguePath)
      if (entry.isFile() && entry.name.endsWith('.ts') && !skipped)
        yield join(entry.parentPath ?? entry.path, entry.name)
    }
  }
}

function readPages(directory) {
  const folder = join(directory, 'docs/errors')
  const names = readdirSync(folder).filter((name) => /^ROAR_\w+\.md$/.test(name))
  return new Map(names.sort().map((name) => [name.slice(0, -3), readFileSync(join(folder, name), 'utf8')]))
}

/** The first sentence of a page is what the catalogue says. */
function catalogue(pages) {
  const entries = [...pages].map(([code, page]) => `  ${code}: ${literal(firstSentence(page))},\n`)
  return `/** Every error code and what it means. Made from docs/errors by packages/cli/scripts/check-error-docs.mjs: edit the pages. */
export const errorCatalogue: Readonly<Record<string, string>> = {
${entries.join('')}}
`
}

/** As biome would quote it. */
const literal = (text) =>
  text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replace(/[\\']/g, '\\$&')}'`

function firstSentence(page) {
  const paragraph = page.replace(/^#.*\n+/, '').split(/\n\s*\n/)[0] ?? ''
  const text = paragraph.replace(/\s+/g, ' ').trim()
  return (/^.*?[.;:!?](?= |$)/.exec(text)?.[0] ?? text).replace(/[.;:]$/, '')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--write')) writeCatalogue()
  const faults = checkErrorDocs()
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
}
