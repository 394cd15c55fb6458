// Writes docs/formats.md from what the formats say of themselves. `--check` says whether it is fresh.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(dirname(fileURLToPath(import.meta.url)))
const target = join(here, '../../docs/formats.md')

async function formats() {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'src/formats.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['roar-source'],
  })
  return (await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`)).formats
}

const section = ({ name, about, isRoot }) => `## ${about.title}

\`${name}\`, ${isRoot ? 'a directory' : 'a set of files beside each other'}.

- Recognised by: ${about.recognised}.
- Members: ${about.members}.
- Whole: ${about.whole}.
`

const text = `# Formats

What is recognised as one artifact, in the order in which a directory is held against them; the outermost that fits is taken. Made by
packages/composite-detectors/scripts/formats-doc.mjs from the formats: do not edit. [composites.md](composites.md) says how a composite is identified and
how to declare one of your own.

README.md, LICENSE, .gitignore, .gitattributes and .DS_Store are never members: they change without the data.

${(await formats()).map(section).join('\n')}`

if (!process.argv.includes('--check')) writeFileSync(target, text)
else if (readFileSync(target, 'utf8') !== text) {
  console.error('docs/formats.md is not fresh: node packages/composite-detectors/scripts/formats-doc.mjs')
  process.exitCode = 1
}
