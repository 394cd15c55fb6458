/** Zarr, versions 2 and 3: arrays by name, shape, type, attributes and elements; chunks and compression mean nothing. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ContentComparer } from '@roar/core'
import { compareValues } from '../compare-values.ts'
import { Tally } from '../tally.ts'
import { compareArray } from './compare-array.ts'

export const createZarrComparer = (): ContentComparer => ({
  name: 'zarr',
  async compare(pair) {
    if (!isZarr(pair.expected) || !isZarr(pair.found)) return null
    const tally = new Tally(pair.tolerance)
    const [a, b] = [nodesOf(pair.expected), nodesOf(pair.found)]
    if (!compareValues(tally, kinds(a), kinds(b), () => 'nodes')) return tally.result()
    for (const [name, node] of a) {
      if (!compareValues(tally, node.attributes, b.get(name)?.attributes, () => `${name}: attributes`)) break
      if (
        node.kind === 'array' &&
        !(await compareArray(tally, join(pair.expected, name), join(pair.found, name), name))
      )
        break
    }
    return tally.result()
  },
})

interface Node {
  readonly kind: 'array' | 'group'
  readonly attributes: unknown
}

const isZarr = (path: string): boolean => statSync(path).isDirectory() && nodeAt(path) !== null

function nodesOf(root: string): Map<string, Node> {
  const nodes = new Map<string, Node>()
  const visit = (name: string): void => {
    const node = nodeAt(join(root, name))
    if (node === null) return
    nodes.set(name, node)
    if (node.kind === 'array') return
    for (const entry of readdirSync(join(root, name), { withFileTypes: true }))
      if (entry.isDirectory()) visit(join(name, entry.name))
  }
  visit('.')
  return nodes
}

function nodeAt(path: string): Node | null {
  const third = json(join(path, 'zarr.json'))
  if (third) return { kind: third.node_type === 'array' ? 'array' : 'group', attributes: third.attributes ?? {} }
  const kind = existsSync(join(path, '.zarray')) ? 'array' : existsSync(join(path, '.zgroup')) ? 'group' : null
  return kind && { kind, attributes: json(join(path, '.zattrs')) ?? {} }
}

const json = (path: string): Record<string, unknown> | null =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : null

const kinds = (nodes: ReadonlyMap<string, Node>) =>
  Object.fromEntries([...nodes].map(([name, node]) => [name, node.kind] as const).sort(([a], [b]) => (a < b ? -1 : 1)))
