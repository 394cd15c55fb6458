// Does a step have to be done again? Its stamp is a digest of everything that it reads.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './packages.mjs'

const stamps = join(root, 'node_modules', '.cache', 'roar-stamps')
const skipped = new Set(['node_modules', 'dist', 'build', 'target', '.git'])

function* filesBelow(path) {
  if (!existsSync(path)) return
  if (statSync(path).isFile()) return yield path
  for (const name of readdirSync(path).sort()) if (!skipped.has(name)) yield* filesBelow(join(path, name))
}

function digestOf(inputs) {
  const hash = createHash('sha256')
  hash.update(process.version)
  for (const input of inputs)
    for (const file of filesBelow(join(root, input))) hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

/** Does `work` unless its inputs are what they were and its outputs are there. Returns whether it was done. */
export async function unlessFresh(name, inputs, outputs, work) {
  const stamp = join(stamps, name)
  const digest = digestOf(inputs)
  const isThere = outputs.every((output) => existsSync(join(root, output)))
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return false
  await work()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, digest)
  return true
}
