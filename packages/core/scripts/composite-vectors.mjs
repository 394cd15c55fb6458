// Writes src/composite/vectors.json by docs/composites.md alone: with another BLAKE3 (@noble/hashes), recursion as in RFC 6962, and nothing of roar's code.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { blake3 } from '@noble/hashes/blake3.js'

const out = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src/composite/vectors.json')
const H = (...parts) => Buffer.from(blake3(Buffer.concat(parts)))
const u32 = (value) => Buffer.from(Uint32Array.of(value).buffer)
const u64 = (value) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer)

function fnv(bytes) {
  let hash = 0x811c9dc5n
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn
  return hash
}

function merkle(leaves) {
  if (leaves.length === 1) return leaves[0]
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  return H(Buffer.of(1), merkle(leaves.slice(0, half)), merkle(leaves.slice(half)))
}

function identity(members) {
  const sorted = [...members].sort((a, b) => Buffer.compare(a.path, b.path))
  const pages = [[]]
  for (const member of sorted) {
    const page = pages.at(-1)
    page.push(member)
    if (page.length === 512 || (page.length >= 128 && fnv(member.path) >> 25n === 0n)) pages.push([])
  }
  const leaf = ({ type, size, path, digest }) => H(Buffer.of(0, type), u64(size), u32(path.length), path, digest)
  const roots = pages.filter((page) => page.length > 0).map((page) => merkle(page.map(leaf)))
  const top = roots.length === 0 ? Buffer.alloc(0) : merkle(roots)
  return H(Buffer.of(2), Buffer.from('roar composite 1'), u64(sorted.length), top)
}

const member = (path, content, type = 1) => ({
  path: Buffer.from(path),
  type,
  size: content.length,
  digest: H(Buffer.from(content)),
})
const counted = (count) => Array.from({ length: count }, (_, i) => member(`c/${i % 10}/${i}`, `content ${i}`))
const cases = {
  'one file': [member('a', 'x')],
  'two files': [member('a', 'x'), member('b', 'y')],
  'the order is of bytes: a- before a/': [member('a/b', '1'), member('a-b', '2'), member('a', '3')],
  'a link is its target': [member('link', 'a', 2), member('a', 'x')],
  'names that are no UTF-8, and one with a newline': [member(Buffer.from([0xff, 0x0a, 0x41]), 'x'), member('é', '')],
  'seven files': counted(7),
  'a page and more': counted(600),
  'three thousand': counted(3000),
}

const vectors = Object.entries(cases).map(([what, members]) => ({
  what,
  members:
    members.length > 20
      ? { counted: members.length }
      : members.map(({ path, type, size, digest }) => [path.toString('hex'), type, size, digest.toString('hex')]),
  root: identity(members).toString('hex'),
}))
writeFileSync(out, `${JSON.stringify(vectors, null, 1)}\n`)
