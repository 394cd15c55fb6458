// Documents as files of JSON Schema: how they are laid out, written, and compared with what is there.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { object } from './schema-words.mjs'

function render(name, [description, properties, optional = []]) {
  const head = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:roar:${name}:1`,
    title: `roar.${name}/1`,
    description,
  }
  return `${layOut({ ...head, ...object({ schema: { const: `roar.${name}/1` }, ...properties }, optional) }, '')}\n`
}

/** JSON as biome lays it out, so that what is generated is also formatted: a list of plain values stays on its line where it fits. */
function layOut(value, indent, before = 0) {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const flat = JSON.stringify(value)
    .replaceAll('","', '", "')
    .replaceAll(',null', ', null')
    .replaceAll('null,', 'null, ')
  const plain = Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)
  if (Object.keys(value).length === 0 || (plain && indent.length + before + flat.length < 120)) return flat
  const deeper = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((item) => deeper + layOut(item, deeper))
    : Object.entries(value).map(([key, item]) => `${deeper}"${key}": ${layOut(item, deeper, key.length + 4)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}

const filesOf = (documents) =>
  new Map(Object.entries(documents).map(([name, document]) => [`${name}.schema.json`, render(name, document)]))

/** Names of files that differ, are missing, or are of no document. */
export function staleSchemas(documents, out) {
  const files = filesOf(documents)
  const there = new Set(readdirSync(out))
  const stale = [...files]
    .filter(([name, text]) => !there.has(name) || readFileSync(join(out, name), 'utf8') !== text)
    .map(([name]) => name)
  return [...stale, ...[...there].filter((name) => !files.has(name))]
}

export function writeSchemas(documents, out) {
  mkdirSync(out, { recursive: true })
  for (const [name, text] of filesOf(documents)) writeFileSync(join(out, name), text)
}
