// A virtual environment as pip makes it: its records say what the files are.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const packages = 300
const filesEach = 20

/** Of each third distribution the module has another name, as of Pillow and PyYAML: whose it is, is said by its metadata alone. Returns the files. */
export function makeSite(place) {
  const site = join(place, 'venv/lib/python3.11/site-packages')
  return Array.from({ length: packages }, (_, i) => distribution(site, i)).flat()
}

function distribution(site, i) {
  const name = `pkg${i}`
  const module = i % 3 === 0 ? `mod_${i}` : name
  const info = `${name}-1.${i}.0.dist-info`
  const files = Array.from({ length: filesEach }, (_, k) => [`${module}/m${k}.py`, `x = ${i}\n`])
  files.push([`${info}/METADATA`, metadata(name, i)], [`${info}/top_level.txt`, `${module}\n`])
  for (const one of [module, info]) mkdirSync(join(site, one), { recursive: true })
  for (const [file, text] of files) writeFileSync(join(site, file), text)
  writeFileSync(join(site, info, 'RECORD'), files.map(recorded).join(''))
  return files.slice(0, filesEach).map(([file]) => join(site, file))
}

const metadata = (name, i) => `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.${i}.0\n\n${'text '.repeat(400)}`

const recorded = ([file, text]) =>
  `${file},sha256=${createHash('sha256').update(text).digest('base64url')},${text.length}\n`

/** As many files that are ignored: what a job takes without any package. */
export function makeOthers(place) {
  const folder = (i) => join(place, '.git', `folder${i}`)
  return Array.from({ length: packages }, (_, i) => {
    mkdirSync(folder(i), { recursive: true })
    const files = Array.from({ length: filesEach }, (_, k) => join(folder(i), `m${k}.py`))
    for (const file of files) writeFileSync(file, `x = ${i}\n`)
    return files
  }).flat()
}

/** One file of each package, or folder. */
export const oneOfEach = (files) => files.filter((_, i) => i % filesEach === 0)
