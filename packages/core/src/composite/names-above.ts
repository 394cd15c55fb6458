/** The names of the composites that a file may be a member of, by its path. A store says which of them were recorded. */
import type { BytePath } from '../byte-path.ts'

export interface NameAbove {
  readonly name: BytePath
  /** Of the member, below the composite's root. */
  readonly inside: BytePath
}

/** Sets of files beside it first, then the directories above it, the nearest first. */
export function* namesAbove(path: BytePath): Generator<NameAbove> {
  const cut = path.lastIndexOf('/') + 1
  const [folder, file] = [path.slice(0, cut), path.slice(cut)]
  for (const family of families(file)) yield { name: `${folder}${family}` as BytePath, inside: file as BytePath }
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    yield { name: path.slice(0, at) as BytePath, inside: path.slice(at + 1) as BytePath }
}

const shard = /^(.+?)-\d+-of-\d+\.(\w+)$/
const shape = /^(.+?)\.(?:shx|dbf|prj|cpg|qpj|qix|sb[nx]|fb[nx]|ai[nh]|ixs|mxs|atx|shp\.xml)$/
const half = /^(.+)-[mr](\.\w+)$/

/**
 * By the names that the formats give: a star for any one of the numbers, or for what follows a stem; the index of weights in shards, also of a
 * variant; a shapefile's `.shp`; the two halves of a file of HDF5.
 */
function* families(file: string): Generator<string> {
  for (const { index, 0: digits } of file.matchAll(/\d+/g))
    yield `${file.slice(0, index)}*${file.slice(index + digits.length)}`
  for (let at = file.lastIndexOf('.'); at > 0; at = file.lastIndexOf('.', at - 1)) yield `${file.slice(0, at)}.*`
  const weights = shard.exec(file)
  if (weights) yield `${weights[1]}.${weights[2]}.index.json`
  const variant = weights?.[1]?.lastIndexOf('.') ?? -1
  if (weights && variant > 0)
    yield `${weights[1]?.slice(0, variant)}.${weights[2]}.index.${weights[1]?.slice(variant + 1)}.json`
  const stem = shape.exec(file)
  if (stem) yield `${stem[1]}.shp`
  const halves = half.exec(file)
  if (halves) yield `${halves[1]}-*${halves[2]}`
}
